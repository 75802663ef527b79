// One recording: to be listened to, and what was said in it.

import { IconTrash } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useNavigate, useParams } from "react-router";
import { useAccount } from "../api/account";
import { useList, useOne } from "../api/queries";
import { request } from "../api/request";
import { api } from "../api/resources";
import type { Recording as Told, Transcription } from "../api/voice";
import { Player } from "../calls/Player";
import { About } from "../parts/About";
import { ConfirmButton } from "../parts/ConfirmButton";
import { CopyAs } from "../parts/CopyAs";
import { seconds } from "../parts/dates";
import { ErrorCode, ErrorNote } from "../parts/ErrorNote";
import { Facts, Head, Panel } from "../parts/Layout";
import { Sid } from "../parts/Sid";
import { Status } from "../parts/Status";
import { When } from "../parts/When";

const BACK = { to: "/recordings", label: "Recordings" };

export default function Recording() {
  const { sid = "" } = useParams();
  const navigate = useNavigate();
  const path = api(useAccount(), `/Recordings/${sid}`);
  const { data, error } = useOne<Told>(path, { live: ["recording."], sid });
  const remove = useMutation({
    mutationFn: () => request({ method: "DELETE", path }),
    onSuccess: () => navigate("/recordings"),
  });
  if (error)
    return (
      <>
        <Head title="Recording" back={BACK} />
        <ErrorNote error={error} />
      </>
    );
  if (!data) return <Head title="Recording" back={BACK} />;
  return (
    <>
      <Head
        title="Recording"
        back={BACK}
        actions={
          <>
            <CopyAs call={{ method: "GET", path }} />
            <ConfirmButton
              label="Delete"
              question="Delete this recording? Its sound and its transcriptions cannot be had back."
              icon={<IconTrash size={14} />}
              isBusy={remove.isPending}
              confirm={() => remove.mutate()}
            />
          </>
        }
      />
      <ErrorNote error={remove.error} />
      <Panel>
        {data.status === "completed" ? (
          <Player recording={data} />
        ) : (
          <p className="hint">
            {data.status === "absent" ? "Nothing was said." : "It can be heard when it has ended."}
          </p>
        )}
        <Facts
          facts={[
            ["Status", <Status status={data.status} />],
            ["Length", data.duration === null ? "–" : seconds(Number(data.duration))],
            ["Made by", data.source],
            ["Channels", String(data.channels)],
            ["Time", <When date={data.date_created} />],
            ["Call", <About sid={data.call_sid} />],
            ...(data.conference_sid
              ? [["Conference", <About sid={data.conference_sid} />] as [string, React.ReactNode]]
              : []),
            ...(data.error_code
              ? [["Error", <ErrorCode code={data.error_code} />] as [string, React.ReactNode]]
              : []),
            ["SID", <Sid sid={data.sid} />],
          ]}
        />
      </Panel>
      <Words sid={sid} />
    </>
  );
}

function Words({ sid }: { sid: string }) {
  const account = useAccount();
  const { data } = useList<Transcription>(
    api(account, `/Recordings/${sid}/Transcriptions`),
    "transcriptions",
    {},
    { live: ["recording."] },
  );
  if (!data?.items.length) return null;
  return (
    <Panel title="Transcription">
      {data.items.map((words) => (
        <div key={words.sid} className="stack close">
          <p className="message-body">{words.transcription_text || <span className="dim">No words</span>}</p>
          <div className="row wrap">
            <Status status={words.status} />
            <Sid sid={words.sid} />
            <CopyAs call={{ method: "GET", path: api(account, `/Transcriptions/${words.sid}`) }} />
          </div>
        </div>
      ))}
    </Panel>
  );
}
