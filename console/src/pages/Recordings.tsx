// The recordings of the account, newest first.

import { IconMicrophone } from "@tabler/icons-react";
import { useAccount } from "../api/account";
import { atSpot } from "../api/pages";
import { useList } from "../api/queries";
import { api } from "../api/resources";
import type { Recording } from "../api/voice";
import { asked } from "../filters/filters";
import { useFilters } from "../filters/useFilters";
import { About } from "../parts/About";
import { CopyAs } from "../parts/CopyAs";
import { seconds } from "../parts/dates";
import { Day } from "../parts/Day";
import { FilterText } from "../parts/FilterText";
import { Empty, Head, Panel } from "../parts/Layout";
import { type Column, Listing } from "../parts/Listing";
import { ClearFilters, NoneFits } from "../parts/NoneFits";
import { Status } from "../parts/Status";
import { When } from "../parts/When";

const COLUMNS: Column<Recording>[] = [
  { name: "Time", show: ({ date_created }) => <When date={date_created} /> },
  { name: "Status", show: ({ status }) => <Status status={status} /> },
  { name: "Made by", show: ({ source }) => source },
  { name: "Call", show: ({ call_sid }) => <About sid={call_sid} />, kind: "wide" },
  {
    name: "Length",
    show: ({ duration }) => <span className="number">{duration === null ? "–" : seconds(Number(duration))}</span>,
    kind: "right",
  },
];

export default function Recordings() {
  const { filters, change, clear, isFiltered, spot, turnTo } = useFilters(
    "CallSid",
    "ConferenceSid",
    "DateCreated>",
    "DateCreated<",
  );
  const path = api(useAccount(), "/Recordings");
  const params = asked(filters);
  const query = useList<Recording>(path, "recordings", { ...params, ...atSpot(spot) }, { live: ["recording."] });
  return (
    <>
      <Head title="Recordings" actions={<CopyAs call={{ method: "GET", path, params }} />} />
      <Panel flush>
        <div className="filters" role="search" aria-label="Filter recordings">
          <FilterText
            label="Call"
            placeholder="CA…"
            value={filters.CallSid}
            change={(CallSid) => change({ CallSid })}
          />
          <FilterText
            label="Conference"
            placeholder="CF…"
            value={filters.ConferenceSid}
            change={(ConferenceSid) => change({ ConferenceSid })}
          />
          <Day
            label="Made from (UTC day)"
            value={filters["DateCreated>"]}
            change={(day) => change({ "DateCreated>": day })}
          />
          <Day
            label="Made until (UTC day)"
            value={filters["DateCreated<"]}
            change={(day) => change({ "DateCreated<": day })}
          />
          {isFiltered && <ClearFilters clear={clear} />}
        </div>
        <Listing
          label="Recordings"
          query={query}
          columns={COLUMNS}
          id={({ sid }) => sid}
          to={({ sid }) => `/recordings/${sid}`}
          turnTo={turnTo}
          empty={
            isFiltered ? (
              <NoneFits what="recording" clear={clear} />
            ) : (
              <Empty icon={<IconMicrophone size={32} />} title="No recordings yet">
                Record what somebody says with <code>&lt;Record&gt;</code>, a conversation with{" "}
                <code>&lt;Dial record="…"&gt;</code>, or a whole call that you make.
              </Empty>
            )
          }
        />
      </Panel>
    </>
  );
}
