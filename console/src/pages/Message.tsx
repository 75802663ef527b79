// One message, and its story.

import { Button } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { useAccount } from "../api/account";
import { useList, useOne } from "../api/queries";
import { request } from "../api/request";
import { api, EXCHANGES, type Exchange, type History, history, type Media, type Message as Text } from "../api/resources";
import { ConfirmButton } from "../parts/ConfirmButton";
import { CopyAs } from "../parts/CopyAs";
import { Explained, ErrorNote } from "../parts/ErrorNote";
import { Facts, Head, Panel } from "../parts/Layout";
import { spaced } from "../parts/phoneNumbers";
import { Sid } from "../parts/Sid";
import { Status } from "../parts/Status";
import { When } from "../parts/When";
import { moments } from "../timeline/moments";
import { Timeline } from "../timeline/Timeline";

const BACK = { to: "/messages", label: "Messages" };

export default function Message() {
  const { sid = "" } = useParams();
  const path = api(useAccount(), `/Messages/${sid}`);
  const message = useOne<Text>(path, { live: ["message."], sid });
  const story = useOne<History>(history(sid), { live: ["message."] });
  const exchanges = useList<Exchange>(
    EXCHANGES,
    "exchanges",
    { ResourceSid: sid, PageSize: 200 },
    { live: ["exchange."] },
  );
  if (message.error)
    return (
      <>
        <Head title="Message" back={BACK} />
        <ErrorNote error={message.error} />
      </>
    );
  if (!message.data) return <Head title="Message" back={BACK} />;
  return (
    <>
      <Head
        title={`${spaced(message.data.from)} to ${spaced(message.data.to)}`}
        back={BACK}
        actions={<Actions message={message.data} path={path} />}
      />
      <div className="columns uneven">
        <Panel title="Timeline">
          <ErrorNote error={exchanges.error ?? story.error} />
          <Timeline moments={moments(exchanges.data?.items ?? [], story.data)} />
          {story.data?.complete === false && (
            <p className="hint">It began so long ago that not everything is known any more.</p>
          )}
        </Panel>
        <div className="stack">
          <Body message={message.data} />
          <Particulars message={message.data} history={story.data} />
        </div>
      </div>
    </>
  );
}

function Actions({ message, path }: { message: Text; path: string }) {
  const navigate = useNavigate();
  const remove = useMutation({
    mutationFn: () => request({ method: "DELETE", path }),
    onSuccess: () => navigate("/messages"),
  });
  const phone = message.direction === "inbound" ? message.from : message.to;
  const other = message.direction === "inbound" ? message.to : message.from;
  return (
    <>
      <Button
        component={Link}
        to={`/handsets?${new URLSearchParams({ phone, to: other })}`}
        variant="default"
        size="xs"
      >
        On the handset
      </Button>
      <CopyAs call={{ method: "GET", path }} />
      <ConfirmButton
        label="Delete"
        question="Delete this message? What the phone shows stays on it."
        icon={<IconTrash size={14} />}
        isBusy={remove.isPending}
        confirm={() => remove.mutate()}
      />
      <ErrorNote error={remove.error} />
    </>
  );
}

function Body({ message }: { message: Text }) {
  return (
    <Panel title="Text">
      {message.body ? <p className="message-body">{message.body}</p> : <p className="dim">No text</p>}
      {Number(message.num_media) > 0 && <Pictures message={message} />}
    </Panel>
  );
}

function Pictures({ message }: { message: Text }) {
  const { data } = useList<Media>(api(message.account_sid, `/Messages/${message.sid}/Media`), "media_list");
  return (
    <div className="pictures">
      {data?.items.map(({ sid, uri, content_type }) => {
        const path = uri.replace(/\.json$/, "");
        const isPicture = content_type.startsWith("image/") && !content_type.includes("svg");
        return isPicture ? (
          <img key={sid} src={path} alt={`A file of the message, ${content_type}`} loading="lazy" />
        ) : (
          <a key={sid} href={path} download>
            {content_type}
          </a>
        );
      })}
    </div>
  );
}

function Particulars({ message, history: story }: { message: Text; history: History | undefined }) {
  return (
    <Panel title="Message">
      <Facts
        facts={[
          ["Status", <Status status={message.status} />],
          ["Direction", message.direction],
          ["Created", <When date={message.date_created} />],
          ["Sent", <When date={message.date_sent} />],
          ["Segments", message.num_segments],
          ...(story?.in_reply_to ? [["Reply to", <Others sids={[story.in_reply_to]} />] as [string, ReactNode]] : []),
          ...(story?.replies.length ? [["Replies", <Others sids={story.replies} />] as [string, ReactNode]] : []),
          ["SID", <Sid sid={message.sid} />],
        ]}
      />
      {message.error_code !== null && (
        <>
          <p className="bad-text">{message.error_message}</p>
          <Explained code={message.error_code} />
        </>
      )}
    </Panel>
  );
}

const MOST_SHOWN = 10;

function Others({ sids }: { sids: string[] }) {
  return (
    <>
      {sids.slice(0, MOST_SHOWN).map((sid) => (
        <div key={sid}>
          <Link to={`/messages/${sid}`}>
            <code>{sid}</code>
          </Link>
        </div>
      ))}
      {sids.length > MOST_SHOWN && <div className="dim">and {sids.length - MOST_SHOWN} more</div>}
    </>
  );
}
