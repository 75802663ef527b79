// What was asked of the app, and what it answered: webhooks and status callbacks; or the other way, the API's requests.

import { SegmentedControl, Select, Switch } from "@mantine/core";
import { IconWebhook } from "@tabler/icons-react";
import { Link } from "react-router";
import { useActing } from "../api/account";
import { atSpot } from "../api/pages";
import { useList } from "../api/queries";
import { EXCHANGES, type Exchange } from "../api/resources";
import { useFilters } from "../filters/useFilters";
import { CopyAs } from "../parts/CopyAs";
import { duration } from "../parts/dates";
import { FilterText } from "../parts/FilterText";
import { Empty, Head, Panel } from "../parts/Layout";
import { type Column, Listing } from "../parts/Listing";
import { shortPath } from "../parts/paths";
import { HttpStatus } from "../parts/Status";
import { When } from "../parts/When";

const KINDS = { document: "Webhook", callback: "Status callback", api: "API request" } as const;

const COLUMNS: Column<Exchange>[] = [
  { name: "Time", show: ({ date_created }) => <When date={date_created} /> },
  { name: "Answer", show: ({ status }) => <HttpStatus status={status} /> },
  { name: "What", show: ({ kind, resent_from }) => (resent_from ? "Sent again" : KINDS[kind]), kind: "narrow" },
  {
    name: "URL",
    show: ({ method, url, direction }) => (
      <>
        <span className="method">{method}</span> <code title={url}>{direction === "in" ? shortPath(url) : url}</code>
      </>
    ),
    kind: "wide",
  },
  { name: "Took", show: ({ duration: took }) => <span className="dim">{duration(took)}</span>, kind: "right narrow" },
];

export default function Webhooks() {
  const { account, isOwn } = useActing();
  const { filters, change, isFiltered, spot, turnTo } = useFilters(
    "Direction",
    "Kind",
    "Failed",
    "Status",
    "Url",
    "Search",
  );
  const Direction = filters.Direction || "out";
  const { Direction: _direction, ...others } = filters;
  const given = Object.fromEntries(Object.entries(others).filter(([, value]) => value));
  const params = { Direction, ...given, ...(isOwn ? {} : { AccountSid: account }) };
  const query = useList<Exchange>(EXCHANGES, "exchanges", { ...params, ...atSpot(spot) }, { live: ["exchange."] });
  return (
    <>
      <Head
        title="Webhooks"
        about="Every exchange with your app, with headers and bodies."
        actions={
          <>
            <CopyAs call={{ method: "GET", path: EXCHANGES, params }} />
            <SegmentedControl
              size="xs"
              aria-label="Direction"
              data={[
                { value: "out", label: "To the app" },
                { value: "in", label: "To the API" },
              ]}
              value={Direction}
              onChange={(chosen) => change({ Direction: chosen === "out" ? "" : chosen, Kind: "" })}
            />
          </>
        }
      />
      <Panel flush>
        <div className="filters" role="search" aria-label="Filter exchanges">
          {Direction === "out" && (
            <Select
              size="xs"
              label="Kind"
              placeholder="All"
              clearable
              clearButtonProps={{ "aria-label": "All kinds" }}
              data={[
                { value: "document", label: "Webhooks" },
                { value: "callback", label: "Status callbacks" },
              ]}
              value={filters.Kind || null}
              onChange={(Kind) => change({ Kind: Kind ?? "" })}
            />
          )}
          <FilterText
            label="Status"
            placeholder="404, 5xx"
            value={filters.Status}
            change={(Status) => change({ Status })}
          />
          <FilterText label="URL contains" value={filters.Url} change={(Url) => change({ Url })} />
          <FilterText label="Bodies contain" value={filters.Search} change={(Search) => change({ Search })} />
          <Switch
            size="xs"
            label="Only what failed"
            checked={filters.Failed === "true"}
            onChange={(event) => change({ Failed: event.currentTarget.checked ? "true" : "" })}
          />
        </div>
        <Listing
          label="Exchanges"
          query={query}
          columns={COLUMNS}
          id={({ sid }) => sid}
          to={({ sid }) => `/webhooks/${sid}`}
          turnTo={turnTo}
          empty={
            <Empty
              icon={<IconWebhook size={32} />}
              title={isFiltered ? "No exchange fits" : "Nothing has been asked yet"}
            >
              Say on a <Link to="/numbers">number's page</Link> which URL answers when a message comes in, then text it
              from a <Link to="/handsets">handset</Link>.
            </Empty>
          }
        />
      </Panel>
    </>
  );
}
