// The conferences of the account, newest first.

import { IconUsersGroup } from "@tabler/icons-react";
import { useAccount } from "../api/account";
import { atSpot } from "../api/pages";
import { useList } from "../api/queries";
import { api } from "../api/resources";
import type { Conference } from "../api/voice";
import { asked } from "../filters/filters";
import { useFilters } from "../filters/useFilters";
import { Choice } from "../parts/Choice";
import { CopyAs } from "../parts/CopyAs";
import { FilterText } from "../parts/FilterText";
import { Empty, Head, Panel } from "../parts/Layout";
import { type Column, Listing } from "../parts/Listing";
import { ClearFilters, NoneFits } from "../parts/NoneFits";
import { Status } from "../parts/Status";
import { When } from "../parts/When";

const STATUSES = ["init", "in-progress", "completed"] as const;
const COLUMNS: Column<Conference>[] = [
  { name: "Time", show: ({ date_created }) => <When date={date_created} /> },
  { name: "Status", show: ({ status }) => <Status status={status} /> },
  { name: "Name", show: ({ friendly_name }) => friendly_name, kind: "wide" },
  {
    name: "Ended because",
    show: ({ reason_conference_ended: why }) => <span className="dim">{why?.replaceAll("-", " ") ?? "–"}</span>,
    kind: "narrow",
  },
];

export default function Conferences() {
  const { filters, change, clear, isFiltered, spot, turnTo } = useFilters("FriendlyName", "Status");
  const path = api(useAccount(), "/Conferences");
  const params = asked(filters);
  const query = useList<Conference>(path, "conferences", { ...params, ...atSpot(spot) }, { live: ["conference."] });
  return (
    <>
      <Head title="Conferences" actions={<CopyAs call={{ method: "GET", path, params }} />} />
      <Panel flush>
        <div className="filters" role="search" aria-label="Filter conferences">
          <FilterText
            label="Name"
            value={filters.FriendlyName}
            change={(FriendlyName) => change({ FriendlyName })}
          />
          <Choice
            label="Status"
            all="All statuses"
            choices={STATUSES}
            value={filters.Status}
            change={(Status) => change({ Status })}
          />
          {isFiltered && <ClearFilters clear={clear} />}
        </div>
        <Listing
          label="Conferences"
          query={query}
          columns={COLUMNS}
          id={({ sid }) => sid}
          to={({ sid }) => `/conferences/${sid}`}
          turnTo={turnTo}
          empty={
            isFiltered ? (
              <NoneFits what="conference" clear={clear} />
            ) : (
              <Empty icon={<IconUsersGroup size={32} />} title="No conferences yet">
                A call whose document says <code>&lt;Dial&gt;&lt;Conference&gt;name&lt;/Conference&gt;&lt;/Dial&gt;</code>{" "}
                begins one, and the next call with that name joins it.
              </Empty>
            )
          }
        />
      </Panel>
    </>
  );
}
