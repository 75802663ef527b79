// The calls of the account, newest first, as they come.

import { Button } from "@mantine/core";
import { IconPhone, IconPhonePlus } from "@tabler/icons-react";
import { useState } from "react";
import { Link } from "react-router";
import { useAccount } from "../api/account";
import { atSpot } from "../api/pages";
import { useList } from "../api/queries";
import { api } from "../api/resources";
import { type Call, CALL_STATUSES } from "../api/voice";
import { MakeCall } from "../calls/MakeCall";
import { asked } from "../filters/filters";
import { useFilters } from "../filters/useFilters";
import { Choice } from "../parts/Choice";
import { CopyAs } from "../parts/CopyAs";
import { Day } from "../parts/Day";
import { FilterText } from "../parts/FilterText";
import { Empty, Head, Panel } from "../parts/Layout";
import { Lasted } from "../calls/Lasted";
import { type Column, Listing } from "../parts/Listing";
import { ClearFilters, NoneFits } from "../parts/NoneFits";
import { spaced } from "../parts/phoneNumbers";
import { Status } from "../parts/Status";
import { When } from "../parts/When";

const COLUMNS: Column<Call>[] = [
  { name: "Time", show: ({ date_created }) => <When date={date_created} /> },
  { name: "Status", show: ({ status }) => <Status status={status} /> },
  { name: "From", show: ({ from }) => <span className="number">{spaced(from)}</span>, kind: "narrow" },
  { name: "To", show: ({ to }) => <span className="number">{spaced(to)}</span>, kind: "wide" },
  { name: "Direction", show: ({ direction }) => <span className="dim">{direction}</span>, kind: "narrow" },
  { name: "Length", show: (call) => <Lasted call={call} />, kind: "right narrow" },
];

export default function Calls() {
  const { filters, change, clear, isFiltered, spot, turnTo } = useFilters(
    "From",
    "To",
    "Status",
    "ParentCallSid",
    "StartTime>",
    "StartTime<",
  );
  const [isMaking, setMaking] = useState(false);
  const path = api(useAccount(), "/Calls");
  const params = asked(filters);
  const query = useList<Call>(path, "calls", { ...params, ...atSpot(spot) }, { live: ["call.created", "call.updated"] });
  return (
    <>
      <Head
        title="Calls"
        actions={
          <>
            <CopyAs call={{ method: "GET", path, params }} />
            <Button size="xs" leftSection={<IconPhonePlus size={15} />} onClick={() => setMaking(true)}>
              Make a call
            </Button>
          </>
        }
      />
      <MakeCall isOpen={isMaking} close={() => setMaking(false)} />
      <Panel flush>
        <div className="filters" role="search" aria-label="Filter calls">
          <FilterText label="From" placeholder="+1…" value={filters.From} change={(From) => change({ From })} />
          <FilterText label="To" placeholder="+1…" value={filters.To} change={(To) => change({ To })} />
          <Choice
            label="Status"
            all="All statuses"
            choices={CALL_STATUSES}
            value={filters.Status}
            change={(Status) => change({ Status })}
          />
          <FilterText
            label="Made for the call"
            placeholder="CA…"
            value={filters.ParentCallSid}
            change={(ParentCallSid) => change({ ParentCallSid })}
          />
          <Day
            label="Answered from (UTC day)"
            value={filters["StartTime>"]}
            change={(day) => change({ "StartTime>": day })}
          />
          <Day
            label="Answered until (UTC day)"
            value={filters["StartTime<"]}
            change={(day) => change({ "StartTime<": day })}
          />
          {isFiltered && <ClearFilters clear={clear} />}
        </div>
        <Listing
          label="Calls"
          query={query}
          columns={COLUMNS}
          id={({ sid }) => sid}
          to={({ sid }) => `/calls/${sid}`}
          turnTo={turnTo}
          empty={isFiltered ? <NoneFits what="call" clear={clear} /> : <NoneYet />}
        />
      </Panel>
    </>
  );
}

function NoneYet() {
  return (
    <Empty
      icon={<IconPhone size={32} />}
      title="No calls yet"
      action={
        <Button component={Link} to="/handsets" size="xs">
          Call from a handset
        </Button>
      }
    >
      Give a number a URL under “A call comes in” and call it, or let the app call somebody. What is said appears here
      while it is said.
    </Empty>
  );
}
