// One conference: who is in it, what it told the app, what was recorded of it.

import { IconSpeakerphone, IconX } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useParams } from "react-router";
import { useAccount } from "../api/account";
import { useOne } from "../api/queries";
import { request } from "../api/request";
import { api } from "../api/resources";
import type { Conference as Told } from "../api/voice";
import { Invite } from "../calls/Invite";
import { Participants } from "../calls/Participants";
import { RecordingList } from "../calls/RecordingList";
import { UrlDialog } from "../calls/UrlDialog";
import { About } from "../parts/About";
import { ConfirmButton } from "../parts/ConfirmButton";
import { CopyAs } from "../parts/CopyAs";
import { ErrorNote } from "../parts/ErrorNote";
import { Facts, Head, Panel } from "../parts/Layout";
import { Sid } from "../parts/Sid";
import { Status } from "../parts/Status";
import { When } from "../parts/When";

const BACK = { to: "/conferences", label: "Conferences" };

export default function Conference() {
  const { sid = "" } = useParams();
  const path = api(useAccount(), `/Conferences/${sid}`);
  const { data, error } = useOne<Told>(path, { live: ["conference."], sid });
  if (error)
    return (
      <>
        <Head title="Conference" back={BACK} />
        <ErrorNote error={error} />
      </>
    );
  if (!data) return <Head title="Conference" back={BACK} />;
  const isOver = data.status === "completed";
  return (
    <>
      <Head title={data.friendly_name} back={BACK} actions={<Actions path={path} isOver={isOver} />} />
      <Panel>
        <Facts
          facts={[
            ["Status", <Status status={data.status} />],
            ["Began", <When date={data.date_created} />],
            ...(isOver
              ? ([["Ended because", data.reason_conference_ended?.replaceAll("-", " ") ?? "–"]] as [string, ReactNode][])
              : []),
            ...(data.call_sid_ending_conference
              ? ([["Ended by", <About sid={data.call_sid_ending_conference} />]] as [string, ReactNode][])
              : []),
            ["SID", <Sid sid={data.sid} />],
          ]}
        />
      </Panel>
      <Participants conference={sid} invite={isOver ? undefined : <Invite conference={sid} />} />
      <RecordingList of={{ ConferenceSid: sid }} />
    </>
  );
}

function Actions({ path, isOver }: { path: string; isOver: boolean }) {
  const end = useMutation({
    mutationFn: () => request({ method: "POST", path, params: { Status: "completed" } }),
  });
  return (
    <>
      {!isOver && (
        <UrlDialog
          label="Announce"
          title="Let everybody hear something"
          about="The document at this URL is asked for, and everybody in the conference hears it."
          icon={<IconSpeakerphone size={15} />}
          call={(AnnounceUrl) => ({ method: "POST", path, params: { AnnounceUrl } })}
        />
      )}
      <CopyAs call={{ method: "GET", path }} />
      {!isOver && (
        <ConfirmButton
          label="End it"
          question="End this conference? Everybody leaves it, and their calls go on with what their documents say next."
          icon={<IconX size={14} />}
          isBusy={end.isPending}
          confirm={() => end.mutate()}
        />
      )}
      <ErrorNote error={end.error} />
    </>
  );
}
