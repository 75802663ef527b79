// What went wrong, newest first.

import { Select } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import { useActing } from "../api/account";
import { atSpot } from "../api/pages";
import { useList } from "../api/queries";
import { type Alert, ALERTS } from "../api/resources";
import { asked } from "../filters/filters";
import { useFilters } from "../filters/useFilters";
import { CopyAs } from "../parts/CopyAs";
import { ErrorCode } from "../parts/ErrorNote";
import { Empty, Head, Panel } from "../parts/Layout";
import { type Column, Listing } from "../parts/Listing";
import { Status } from "../parts/Status";
import { When } from "../parts/When";

const COLUMNS: Column<Alert>[] = [
  { name: "Time", show: ({ date_created }) => <When date={date_created} /> },
  { name: "Level", show: ({ log_level }) => <Status status={log_level} />, kind: "narrow" },
  { name: "Error", show: ({ error_code }) => <ErrorCode code={error_code} /> },
  { name: "What happened", show: ({ alert_text }) => alert_text, kind: "wide" },
];

export default function Alerts() {
  const { account, isOwn } = useActing();
  const { filters, change, isFiltered, spot, turnTo } = useFilters("LogLevel");
  const params = { ...asked(filters), ...(isOwn ? {} : { AccountSid: account }) };
  const query = useList<Alert>(ALERTS, "alerts", { ...params, ...atSpot(spot) }, { live: ["alert."] });
  return (
    <>
      <Head
        title="Alerts"
        about="When a webhook or a status callback of your app fails, it is written down here."
        actions={<CopyAs call={{ method: "GET", path: ALERTS, params }} />}
      />
      <Panel flush>
        <div className="filters" role="search" aria-label="Filter alerts">
          <Select
            size="xs"
            label="Level"
            placeholder="All"
            clearable
            clearButtonProps={{ "aria-label": "All levels" }}
            data={["error", "warning", "notice", "debug"]}
            value={filters.LogLevel || null}
            onChange={(LogLevel) => change({ LogLevel: LogLevel ?? "" })}
          />
        </div>
        <Listing
          label="Alerts"
          query={query}
          columns={COLUMNS}
          id={({ sid }) => sid}
          to={({ sid }) => `/alerts/${sid}`}
          turnTo={turnTo}
          empty={
            <Empty
              icon={<IconCircleCheck size={32} />}
              title={isFiltered ? "No alert of this level" : "Nothing has gone wrong"}
            >
              Your app has answered everything that it was asked.
            </Empty>
          }
        />
      </Panel>
    </>
  );
}
