// One call, and its story: what was said to the app and by it, what was heard on the phones, what was recorded.

import { Button } from "@mantine/core";
import { IconPhoneX, IconTrash } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useNavigate, useParams } from "react-router";
import { useAccount } from "../api/account";
import { useList, useOne } from "../api/queries";
import { request } from "../api/request";
import { api, EXCHANGES, type Exchange } from "../api/resources";
import { type Call as Told, type CallHistory, callHistory, isUnderWay } from "../api/voice";
import { Heard } from "../calls/Heard";
import { Lasted } from "../calls/Lasted";
import { RecordingList } from "../calls/RecordingList";
import { Redirect } from "../calls/Redirect";
import { About } from "../parts/About";
import { ConfirmButton } from "../parts/ConfirmButton";
import { CopyAs } from "../parts/CopyAs";
import { ErrorNote } from "../parts/ErrorNote";
import { Facts, Head, Panel } from "../parts/Layout";
import { Listing } from "../parts/Listing";
import { spaced } from "../parts/phoneNumbers";
import { Sid } from "../parts/Sid";
import { Status } from "../parts/Status";
import { When } from "../parts/When";
import { callMoments } from "../timeline/callMoments";
import { Timeline } from "../timeline/Timeline";

const BACK = { to: "/calls", label: "Calls" };

export default function Call() {
  const { sid = "" } = useParams();
  const account = useAccount();
  const path = api(account, `/Calls/${sid}`);
  const call = useOne<Told>(path, { live: ["call.updated"], sid });
  if (call.error)
    return (
      <>
        <Head title="Call" back={BACK} />
        <ErrorNote error={call.error} />
      </>
    );
  if (!call.data) return <Head title="Call" back={BACK} />;
  return (
    <>
      <Head
        title={`${spaced(call.data.from)} to ${spaced(call.data.to)}`}
        back={BACK}
        actions={<Actions call={call.data} path={path} />}
      />
      <div className="columns uneven">
        <Story sid={sid} />
        <div className="stack">
          <Particulars call={call.data} />
          <Heard call={call.data} />
          <RecordingList of={{ CallSid: sid }} />
          <MadeForIt sid={sid} />
        </div>
      </div>
    </>
  );
}

function Actions({ call, path }: { call: Told; path: string }) {
  const navigate = useNavigate();
  const isLive = isUnderWay(call);
  const ending = { method: "POST" as const, path, params: { Status: "completed" } };
  const end = useMutation({ mutationFn: () => request<Told>(ending) });
  const remove = useMutation({
    mutationFn: () => request({ method: "DELETE", path }),
    onSuccess: () => navigate("/calls"),
  });
  return (
    <>
      {isLive && (
        <>
          <Button
            size="xs"
            color="red"
            leftSection={<IconPhoneX size={15} />}
            loading={end.isPending}
            onClick={() => end.mutate()}
          >
            Hang up
          </Button>
          <Redirect path={path} isPossible={call.status === "in-progress"} />
        </>
      )}
      <CopyAs call={{ method: "GET", path }} />
      {!isLive && (
        <ConfirmButton
          label="Delete"
          question="Delete this call? Its recordings stay, and so does what phones show of it."
          icon={<IconTrash size={14} />}
          isBusy={remove.isPending}
          confirm={() => remove.mutate()}
        />
      )}
      <ErrorNote error={end.error ?? remove.error} />
    </>
  );
}

function Story({ sid }: { sid: string }) {
  const story = useOne<CallHistory>(callHistory(sid), { live: ["call."], sid });
  const exchanges = useList<Exchange>(
    EXCHANGES,
    "exchanges",
    { ResourceSid: sid, PageSize: 200 },
    { live: ["exchange."] },
  );
  return (
    <Panel title="Timeline">
      <ErrorNote error={exchanges.error ?? story.error} />
      <Timeline moments={callMoments(exchanges.data?.items ?? [], story.data)} />
      {story.data?.complete === false && (
        <p className="hint">It began so long ago that not everything is known any more.</p>
      )}
    </Panel>
  );
}

function Particulars({ call }: { call: Told }) {
  return (
    <Panel title="Call">
      <Facts
        facts={[
          ["Status", <Status status={call.status} />],
          ["Direction", call.direction],
          ["Made", <When date={call.date_created} />],
          ["Answered", <When date={call.start_time} />],
          ["Length", <Lasted call={call} />],
          ...(call.answered_by ? [["Answered by", call.answered_by] as [string, string]] : []),
          ...(call.parent_call_sid
            ? [["Made for", <About sid={call.parent_call_sid} />] as [string, ReactNode]]
            : []),
          ["SID", <Sid sid={call.sid} />],
        ]}
      />
    </Panel>
  );
}

/** The calls that `<Dial>` made, and what was heard on their phones. */
function MadeForIt({ sid }: { sid: string }) {
  const query = useList<Told>(
    api(useAccount(), "/Calls"),
    "calls",
    { ParentCallSid: sid },
    { live: ["call.created", "call.updated"] },
  );
  if (!query.data?.items.length) return null;
  return (
    <>
      <Panel title="Calls made for it" flush>
        <Listing
          label="Calls made for it"
          query={query}
          columns={[
            { name: "To", show: ({ to }) => <span className="number">{spaced(to)}</span> },
            { name: "Status", show: ({ status }) => <Status status={status} /> },
            { name: "Length", show: (call) => <Lasted call={call} />, kind: "right" },
          ]}
          id={(call) => call.sid}
          to={(call) => `/calls/${call.sid}`}
          empty={null}
        />
      </Panel>
      {query.data.items.toReversed().map((call) => (
        <Heard key={call.sid} call={call} />
      ))}
    </>
  );
}
