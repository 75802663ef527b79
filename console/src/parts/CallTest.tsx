// A call to the number from a handset, and what the app was asked and answered. It is a real call: it goes on until the
// app ends it or the person hangs up, on the handset or here.

import { Button } from "@mantine/core";
import { IconPhone, IconPhoneOff } from "@tabler/icons-react";
import { Link } from "react-router";
import { useOne } from "../api/queries";
import type { HandsetCall, PhoneNumber } from "../api/resources";
import { callsOf, isUnderWay } from "../api/voice";
import { Transcript } from "../calls/Transcript";
import { useAct, useDial } from "../handsets/useCalls";
import { CopyAs } from "./CopyAs";
import { ErrorNote } from "./ErrorNote";
import { Panel } from "./Layout";
import { Asked, phonePage, TEST_PHONE } from "./SendTest";

export function CallTest({ number }: { number: PhoneNumber }) {
  const dial = useDial(TEST_PHONE);
  const call = { method: "POST" as const, path: callsOf(TEST_PHONE), params: { To: number.phone_number } };
  return (
    <Panel title="Call it" actions={<CopyAs call={call} />}>
      <p className="hint">
        The handset {TEST_PHONE} calls this number, with what is saved above. Go on on{" "}
        <Link to={phonePage(number)}>its screen</Link>.
      </p>
      <div className="row wrap">
        <Button
          variant="light"
          leftSection={<IconPhone size={15} />}
          loading={dial.isPending}
          onClick={() => dial.mutate(number.phone_number)}
        >
          Call from the handset
        </Button>
      </div>
      <ErrorNote error={dial.error} />
      {dial.data && <Made key={dial.data.sid} made={dial.data} />}
    </Panel>
  );
}

function Made({ made }: { made: HandsetCall }) {
  const path = `${callsOf(TEST_PHONE)}/${made.sid}`;
  const { data = made } = useOne<HandsetCall>(path, { live: ["handset-call."], sid: made.sid });
  const act = useAct(TEST_PHONE, made.sid);
  return (
    <div className="stack" role="group" aria-label="The test call">
      <Transcript call={data} label="What the handset hears" />
      {isUnderWay(data) && (
        <div className="row">
          <Button
            size="xs"
            color="red"
            variant="light"
            leftSection={<IconPhoneOff size={15} />}
            loading={act.isPending}
            onClick={() => act.mutate({ Action: "hangup" })}
          >
            Hang up
          </Button>
        </div>
      )}
      <ErrorNote error={act.error} />
      {data.call_sid && <Asked sid={data.call_sid} page={`/calls/${data.call_sid}`} what="call" />}
    </div>
  );
}
