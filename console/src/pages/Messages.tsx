// The messages of the account, newest first, as they come.

import { Button } from "@mantine/core";
import { IconMessage, IconMessagePlus } from "@tabler/icons-react";
import { useState } from "react";
import { Link } from "react-router";
import { useAccount } from "../api/account";
import { atSpot } from "../api/pages";
import { useList } from "../api/queries";
import { api, FOUND_MESSAGES, type Message } from "../api/resources";
import { asked, type Filters } from "../filters/filters";
import { useFilters } from "../filters/useFilters";
import { Choice } from "../parts/Choice";
import { CopyAs } from "../parts/CopyAs";
import { Day } from "../parts/Day";
import { FilterText } from "../parts/FilterText";
import { Empty, Head, Panel } from "../parts/Layout";
import { type Column, Listing } from "../parts/Listing";
import { ClearFilters, NoneFits } from "../parts/NoneFits";
import { spaced } from "../parts/phoneNumbers";
import { SendMessage } from "../parts/SendMessage";
import { Status } from "../parts/Status";
import { When } from "../parts/When";

const NAMES = ["From", "To", "Status", "Direction", "Search", "DateSent>", "DateSent<"] as const;
const STATUSES = ["queued", "sending", "sent", "delivered", "undelivered", "failed", "canceled", "received"] as const;
const DIRECTIONS = ["inbound", "outbound-api", "outbound-reply"] as const;

const COLUMNS: Column<Message>[] = [
  { name: "Time", show: ({ date_created }) => <When date={date_created} /> },
  { name: "Status", show: ({ status }) => <Status status={status} /> },
  { name: "From", show: ({ from }) => <span className="number">{spaced(from)}</span>, kind: "narrow" },
  { name: "To", show: ({ to }) => <span className="number">{spaced(to)}</span>, kind: "narrow" },
  { name: "Body", show: bodyOf, kind: "wide" },
  { name: "Direction", show: ({ direction }) => <span className="dim">{direction}</span>, kind: "narrow" },
];

function bodyOf({ body, num_media }: Message) {
  const pictures = Number(num_media);
  return (
    <>
      {body}
      {pictures > 0 && (
        <span className="tag">
          {" "}
          {pictures} {pictures === 1 ? "file" : "files"}
        </span>
      )}
    </>
  );
}

export default function Messages() {
  const account = useAccount();
  const { filters, change, clear, isFiltered, spot, turnTo } = useFilters(...NAMES);
  const [isSending, setSending] = useState(false);
  const { path, params } = listOf(account, filters);
  const query = useList<Message>(path, "messages", { ...params, ...atSpot(spot) }, { live: ["message."] });
  const send = (
    <Button size="xs" leftSection={<IconMessagePlus size={15} />} onClick={() => setSending(true)}>
      Send a message
    </Button>
  );
  return (
    <>
      <Head
        title="Messages"
        actions={
          <>
            <CopyAs call={{ method: "GET", path, params }} />
            {send}
          </>
        }
      />
      <SendMessage isOpen={isSending} close={() => setSending(false)} />
      <Panel flush>
        <div className="filters" role="search" aria-label="Filter messages">
          <FilterText label="From" placeholder="+1…" value={filters.From} change={(From) => change({ From })} />
          <FilterText label="To" placeholder="+1…" value={filters.To} change={(To) => change({ To })} />
          <Choice
            label="Status"
            all="All statuses"
            choices={STATUSES}
            value={filters.Status}
            change={(Status) => change({ Status })}
          />
          <Choice
            label="Direction"
            all="All directions"
            choices={DIRECTIONS}
            value={filters.Direction}
            change={(Direction) => change({ Direction })}
          />
          <FilterText label="Body contains" value={filters.Search} change={(Search) => change({ Search })} />
          <Day
            label="Sent from (UTC day)"
            value={filters["DateSent>"]}
            change={(day) => change({ "DateSent>": day })}
          />
          <Day
            label="Sent until (UTC day)"
            value={filters["DateSent<"]}
            change={(day) => change({ "DateSent<": day })}
          />
          {isFiltered && <ClearFilters clear={clear} />}
        </div>
        <Listing
          label="Messages"
          query={query}
          columns={COLUMNS}
          id={({ sid }) => sid}
          to={({ sid }) => `/messages/${sid}`}
          turnTo={turnTo}
          empty={isFiltered ? <NoneFits what="message" clear={clear} /> : <NoneYet />}
        />
      </Panel>
    </>
  );
}

/** Twilio's list, unless something is asked that only our own can be asked; that one knows when messages were made. */
function listOf(account: string, filters: Filters<(typeof NAMES)[number]>) {
  const { Status, Direction, Search, "DateSent>": after, "DateSent<": before, ...numbers } = filters;
  if (!Status && !Direction && !Search)
    return { path: api(account, "/Messages"), params: asked({ ...numbers, "DateSent>": after, "DateSent<": before }) };
  const dates = { "DateCreated>": after, "DateCreated<": before };
  return {
    path: FOUND_MESSAGES,
    params: asked({ AccountSid: account, ...numbers, Status, Direction, Search, ...dates }),
  };
}

function NoneYet() {
  return (
    <Empty
      icon={<IconMessage size={32} />}
      title="No messages yet"
      action={
        <Button component={Link} to="/handsets" size="xs">
          Text from a handset
        </Button>
      }
    >
      Run an app with <code>offhook run -- python app.py</code>, or be the person with the phone and text one of your
      numbers. What is said appears here at once.
    </Empty>
  );
}
