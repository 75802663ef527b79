// Who is in a conference, and what can be done with each: mute, hold, kick.

import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useAccount } from "../api/account";
import { useList } from "../api/queries";
import { type Params, request } from "../api/request";
import { api } from "../api/resources";
import type { Participant } from "../api/voice";
import { ErrorNote } from "../parts/ErrorNote";
import { Empty, Panel } from "../parts/Layout";
import { Listing } from "../parts/Listing";
import { Status } from "../parts/Status";
import { IconUsersGroup } from "@tabler/icons-react";
import { Party } from "./Party";

export function Participants({ conference, invite }: { conference: string; invite?: React.ReactNode }) {
  const path = api(useAccount(), `/Conferences/${conference}/Participants`);
  const query = useList<Participant>(path, "participants", {}, { live: ["conference.updated", "call.updated"] });
  return (
    <Panel title="Participants" actions={invite} flush>
      <Listing
        label="Participants"
        query={query}
        columns={[
          { name: "Who", show: (one) => <Who participant={one} />, kind: "wide" },
          { name: "Status", show: ({ status }) => <Status status={status} /> },
          { name: "Do", show: (one) => <Doing participant={one} refresh={query.refetch} />, kind: "right" },
        ]}
        id={({ call_sid }) => call_sid}
        empty={
          <Empty icon={<IconUsersGroup size={32} />} title="Nobody is in it">
            Who joins appears here at once.
          </Empty>
        }
      />
    </Panel>
  );
}

function Who({ participant }: { participant: Participant }) {
  return (
    <>
      <Party call={participant.call_sid} />
      <div className="dim">{traits(participant).join(", ")}</div>
    </>
  );
}

export function traits(one: Participant): string[] {
  const words: [boolean, string][] = [
    [!!one.label, one.label ?? ""],
    [one.muted, "muted"],
    [one.hold, "on hold"],
    [one.coaching, "coaching"],
    [!one.start_conference_on_enter, "does not start it"],
    [one.end_conference_on_exit, "ends it by leaving"],
  ];
  return words.flatMap(([is, word]) => (is ? [word] : []));
}

function Doing({ participant, refresh }: { participant: Participant; refresh: () => unknown }) {
  const { conference_sid, call_sid, muted, hold } = participant;
  const path = api(useAccount(), `/Conferences/${conference_sid}/Participants/${call_sid}`);
  const change = useMutation({
    mutationFn: (params: Params) => request({ method: "POST", path, params }),
    onSuccess: refresh,
  });
  const kick = useMutation({ mutationFn: () => request({ method: "DELETE", path }), onSuccess: refresh });
  return (
    <>
      <span className="row end tight">
        <Button
          size="compact-xs"
          variant="default"
          loading={change.isPending}
          onClick={() => change.mutate({ Muted: !muted })}
        >
          {muted ? "Unmute" : "Mute"}
        </Button>
        <Button
          size="compact-xs"
          variant="default"
          loading={change.isPending}
          onClick={() => change.mutate({ Hold: !hold })}
        >
          {hold ? "Resume" : "Hold"}
        </Button>
        <Button
          size="compact-xs"
          variant="light"
          color="red"
          loading={kick.isPending}
          onClick={() => kick.mutate()}
        >
          Kick
        </Button>
      </span>
      <ErrorNote error={change.error ?? kick.error} />
    </>
  );
}
