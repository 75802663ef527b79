// One queue: who waits in it, and taking somebody out.

import { IconPlayerTrackNext, IconTrash, IconUsers } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useNavigate, useParams } from "react-router";
import { useAccount } from "../api/account";
import { useList, useOne } from "../api/queries";
import { request } from "../api/request";
import { api } from "../api/resources";
import type { Member, Queue as Told } from "../api/voice";
import { Party } from "../calls/Party";
import { UrlDialog } from "../calls/UrlDialog";
import { ConfirmButton } from "../parts/ConfirmButton";
import { CopyAs } from "../parts/CopyAs";
import { seconds } from "../parts/dates";
import { ErrorNote } from "../parts/ErrorNote";
import { Empty, Facts, Head, Panel } from "../parts/Layout";
import { Listing } from "../parts/Listing";
import { Sid } from "../parts/Sid";
import { When } from "../parts/When";

const BACK = { to: "/queues", label: "Queues" };
const TAKEN_OUT = "The call leaves the queue and goes on with the document at this URL.";

export default function Queue() {
  const { sid = "" } = useParams();
  const navigate = useNavigate();
  const path = api(useAccount(), `/Queues/${sid}`);
  const { data, error } = useOne<Told>(path, { live: ["queue."], sid });
  const remove = useMutation({
    mutationFn: () => request({ method: "DELETE", path }),
    onSuccess: () => navigate("/queues"),
  });
  if (error)
    return (
      <>
        <Head title="Queue" back={BACK} />
        <ErrorNote error={error} />
      </>
    );
  if (!data) return <Head title="Queue" back={BACK} />;
  return (
    <>
      <Head
        title={data.friendly_name}
        back={BACK}
        actions={
          <>
            <CopyAs call={{ method: "GET", path }} />
            <ConfirmButton
              label="Delete"
              question="Delete this queue? That works while nobody waits in it."
              icon={<IconTrash size={14} />}
              isBusy={remove.isPending}
              confirm={() => remove.mutate()}
            />
          </>
        }
      />
      <ErrorNote error={remove.error} />
      <Panel>
        <Facts
          facts={[
            ["Waiting", String(data.current_size)],
            ["Most callers", String(data.max_size)],
            ["They have waited, on average", seconds(data.average_wait_time)],
            ["Made", <When date={data.date_created} />],
            ["SID", <Sid sid={data.sid} />],
          ]}
        />
      </Panel>
      <Members sid={sid} size={data.current_size} />
    </>
  );
}

function Members({ sid, size }: { sid: string; size: number }) {
  const path = api(useAccount(), `/Queues/${sid}/Members`);
  const one = (call: string) => path.replace(/\.json$/, `/${call}.json`);
  const query = useList<Member>(path, "queue_members", {}, { live: ["queue.updated"], sid });
  return (
    <Panel
      title="Who waits"
      actions={
        size > 0 && (
          <UrlDialog
            label="Take out the next"
            title="Take out the next"
            about={TAKEN_OUT}
            icon={<IconPlayerTrackNext size={15} />}
            call={(Url) => ({ method: "POST", path: one("Front"), params: { Url } })}
            done={query.refetch}
          />
        )
      }
      flush
    >
      <Listing
        label="Who waits"
        query={query}
        columns={[
          { name: "Place", show: ({ position }) => <span className="number">{position}</span> },
          { name: "Who", show: ({ call_sid }) => <Party call={call_sid} />, kind: "wide" },
          { name: "Since", show: ({ date_enqueued }) => <When date={date_enqueued} />, kind: "right narrow" },
          {
            name: "Do",
            show: ({ call_sid }) => (
              <UrlDialog
                label="Take out"
                title="Take this call out"
                about={TAKEN_OUT}
                isSmall
                call={(Url) => ({ method: "POST", path: one(call_sid), params: { Url } })}
                done={query.refetch}
              />
            ),
            kind: "right",
          },
        ]}
        id={({ call_sid }) => call_sid}
        empty={
          <Empty icon={<IconUsers size={32} />} title="Nobody waits">
            Who is put here with <code>&lt;Enqueue&gt;</code> appears at once.
          </Empty>
        }
      />
    </Panel>
  );
}
