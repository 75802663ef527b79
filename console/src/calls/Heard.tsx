// What the phone at the far side of a call heard, where there is one: an app's Call is then a call of a handset too.

import { Link } from "react-router";
import { useList } from "../api/queries";
import type { HandsetCall } from "../api/resources";
import { type Call, callsOf, farSide } from "../api/voice";
import { Panel } from "../parts/Layout";
import { isAddress, spaced } from "../parts/phoneNumbers";
import { Transcript } from "./Transcript";

export function Heard({ call }: { call: Call }) {
  const address = farSide(call);
  const { data } = useList<HandsetCall>(
    callsOf(address),
    "calls",
    { CallSid: call.sid, PageSize: 1 },
    { live: ["handset-call."], detail: address, enabled: isAddress(address) },
  );
  const kept = data?.items[0];
  if (!kept) return null;
  return (
    <Panel
      title={`On the phone ${spaced(address)}`}
      actions={<Link to={`/handsets?${new URLSearchParams({ phone: address })}`}>The handset</Link>}
    >
      <Transcript call={kept} label={`What ${address} heard and said`} />
    </Panel>
  );
}
