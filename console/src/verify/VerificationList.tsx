// Verifications as they go, newest first: never their codes.

import { IconPassword } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { atSpot } from "../api/pages";
import { useList } from "../api/queries";
import { type Verification, VERIFICATION_STATUSES, VERIFICATIONS } from "../api/verify";
import { asked } from "../filters/filters";
import { useFilters } from "../filters/useFilters";
import { Choice } from "../parts/Choice";
import { Dialog } from "../parts/Dialog";
import { FilterText } from "../parts/FilterText";
import { Empty, Panel } from "../parts/Layout";
import { type Column, Listing } from "../parts/Listing";
import { spaced } from "../parts/phoneNumbers";
import { Status } from "../parts/Status";
import { When } from "../parts/When";
import { Attempts } from "./Attempts";

const FEW = 10; // on the page of a service, which shows more than them
const EVERY = 30_000; // milliseconds: a verification expires by itself
const COLUMNS: Column<Verification>[] = [
  { name: "To", show: ({ to }) => <span className="number">{spaced(to)}</span> },
  { name: "Status", show: ({ status }) => <Status status={status} />, kind: "wide" },
  { name: "Channel", show: ({ channel }) => channel, kind: "narrow" },
  { name: "Country", show: ({ country }) => country ?? <span className="dim">–</span>, kind: "narrow" },
  {
    name: "Wrong codes",
    show: ({ wrong_checks }) => <span className="number">{wrong_checks}</span>,
    kind: "right narrow",
  },
  { name: "Time", show: ({ date_created }) => <When date={date_created} />, kind: "right narrow" },
  { name: "Sent", show: (one) => <Sent one={one} />, kind: "right" },
];

interface Props {
  /** Of this one only. */
  service?: string;
  title?: string;
  actions?: ReactNode;
}

export function VerificationList({ service, title, actions }: Props) {
  const { filters, change, isFiltered, spot, turnTo } = useFilters("To", "Status", "Country");
  const params = { ...asked(filters), ...(service ? { ServiceSid: service, PageSize: FEW } : {}) };
  const reading = { live: ["verification."], every: EVERY };
  const query = useList<Verification>(VERIFICATIONS, "verifications", { ...params, ...atSpot(spot) }, reading);
  return (
    <Panel title={title} actions={actions} flush>
      <div className="filters" role="search" aria-label="Filter verifications">
        <FilterText className="whole" label="To" value={filters.To} change={(To) => change({ To })} />
        <Choice
          label="Status"
          all="All statuses"
          choices={VERIFICATION_STATUSES}
          value={filters.Status}
          change={(Status) => change({ Status })}
        />
        <FilterText
          label="Country"
          placeholder="US"
          value={filters.Country}
          change={(text) => change({ Country: text.toUpperCase() })}
        />
      </div>
      <Listing
        label="Verifications"
        query={query}
        columns={COLUMNS}
        id={({ sid }) => sid}
        turnTo={turnTo}
        empty={
          <Empty
            icon={<IconPassword size={32} />}
            title={isFiltered ? "No verification like this" : "Nobody has been verified yet"}
          >
            Each verification that your app begins appears here at once, without its code.
          </Empty>
        }
      />
    </Panel>
  );
}

function Sent({ one }: { one: Verification }) {
  const times = one.sends === 1 ? "once" : `${one.sends} times`;
  return (
    <Dialog label={times} about={`to ${one.to}`} title={`What was sent to ${one.to}`} size="lg">
      {() => <Attempts verification={one} />}
    </Dialog>
  );
}
