import "@mantine/charts/styles.css";
import { BarChart } from "@mantine/charts";
import type { Minute } from "./counting";

const SERIES = [
  { name: "sent", label: "Sent", color: "indigo.6" },
  { name: "received", label: "Received", color: "teal.6" },
  { name: "failed", label: "Failed", color: "red.6" },
];
const CLOCK: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit" };

export default function Chart({ minutes }: { minutes: Minute[] }) {
  const data = minutes.map(({ at, ...counts }) => ({
    time: new Date(at).toLocaleTimeString("en-GB", CLOCK),
    ...counts,
  }));
  return (
    <div role="img" aria-label="Messages by the minute, over the last hour">
      <BarChart
        h={200}
        data={data}
        dataKey="time"
        series={SERIES}
        type="stacked"
        gridAxis="x"
        tickLine="none"
        withLegend
        legendProps={{ verticalAlign: "bottom", height: 28 }}
        xAxisProps={{ interval: 14, minTickGap: 20 }}
        yAxisProps={{ allowDecimals: false, width: 32 }}
        barProps={{ isAnimationActive: false, radius: 2 }}
        maxBarWidth={14}
      />
    </div>
  );
}
