import { StackedBars } from "../parts/StackedBars";
import type { Interval } from "./counting";

const SERIES = [
  { name: "sent", label: "Sent", color: "indigo.6" },
  { name: "received", label: "Received", color: "teal.6" },
  { name: "failed", label: "Failed", color: "red.6" },
];
const CLOCK: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit" };

export default function Chart({ counts, label }: { counts: Interval[]; label: string }) {
  const data = counts.map(({ at, ...others }) => ({
    time: new Date(at).toLocaleTimeString("en-GB", CLOCK),
    ...others,
  }));
  const interval = Math.max(0, Math.round(counts.length / 4) - 1);
  return <StackedBars label={label} data={data} along="time" series={SERIES} interval={interval} />;
}
