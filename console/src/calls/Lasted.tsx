import type { Call } from "../api/voice";
import { seconds } from "../parts/dates";

/** How long a call lasted from its answer; nothing of one that nobody answered. */
export function Lasted({ call: { start_time, duration } }: { call: Call }) {
  if (!start_time || duration === null) return <span className="dim">–</span>;
  return <span className="number">{seconds(Number(duration))}</span>;
}
