// A phone's calls: the one it is in, or those it has had.

import { Button } from "@mantine/core";
import { IconPhone, IconPhoneIncoming, IconPhoneOutgoing } from "@tabler/icons-react";
import type { HandsetCall } from "../api/resources";
import { callsOf } from "../api/voice";
import { Transcript } from "../calls/Transcript";
import { CopyAs } from "../parts/CopyAs";
import { ErrorNote } from "../parts/ErrorNote";
import { spaced } from "../parts/phoneNumbers";
import { Status } from "../parts/Status";
import { When } from "../parts/When";
import { Link } from "react-router";
import { InCall } from "./InCall";
import { partnerOf, type useCalls, useDial } from "./useCalls";

interface Props {
  address: string;
  to: string;
  isOff: boolean;
  calls: ReturnType<typeof useCalls>;
}

export function Calling({ address, to, isOff, calls: { calls, live, error } }: Props) {
  const dial = useDial(address);
  if (live) return <InCall key={live.sid} address={address} call={live} />;
  return (
    <>
      <div className="chat" tabIndex={0} role="region" aria-label={`Calls of ${address}`}>
        <ErrorNote error={error ?? dial.error} />
        {!calls.length && (
          <p className="chat-empty">No calls yet. Say above whom to call; calls that come in ring here.</p>
        )}
        <ul className="past-calls">
          {calls.map((call, place) => (
            <Past key={call.sid} call={call} isLatest={place === 0} />
          ))}
        </ul>
      </div>
      <div className="typing">
        <div className="row">
          <Button
            className="call-button"
            color="green.9"
            leftSection={<IconPhone size={16} />}
            disabled={!to || isOff}
            loading={dial.isPending}
            onClick={() => dial.mutate(to)}
          >
            {isOff ? "This phone is off" : to ? `Call ${spaced(to)}` : "Call"}
          </Button>
          <CopyAs call={{ method: "POST", path: callsOf(address), params: { To: to } }} isSmall />
        </div>
      </div>
    </>
  );
}

function Past({ call, isLatest }: { call: HandsetCall; isLatest: boolean }) {
  const Direction = call.direction === "inbound" ? IconPhoneIncoming : IconPhoneOutgoing;
  return (
    <li>
      <details open={isLatest}>
        <summary>
          <Direction size={15} role="img" aria-label={call.direction === "inbound" ? "Came in" : "Went out"} />
          <span className="number">{spaced(partnerOf(call))}</span>
          <Status status={call.status} />
        </summary>
        <Transcript call={call} label={`What was heard in the call with ${partnerOf(call)}`} />
        <p className="bubble-foot">
          <When date={call.date_created} />
          {call.call_sid && <Link to={`/calls/${call.call_sid}`}>details</Link>}
        </p>
      </details>
    </li>
  );
}
