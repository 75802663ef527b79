import "@mantine/charts/styles.css";
import { BarChart } from "@mantine/charts";
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
  return (
    <div role="img" aria-label={label}>
      <BarChart
        h={200}
        data={data}
        dataKey="time"
        series={SERIES}
        type="stacked"
        gridAxis="x"
        gridProps={{ syncWithTicks: true }}
        barChartProps={{ margin: { top: 10 } }}
        tickLine="none"
        withLegend
        legendProps={{ verticalAlign: "bottom", height: 28 }}
        xAxisProps={{ interval: Math.max(0, Math.round(counts.length / 4) - 1), minTickGap: 20 }}
        yAxisProps={{ allowDecimals: false, width: 32 }}
        barProps={{ isAnimationActive: false, radius: 2 }}
        maxBarWidth={14}
      />
    </div>
  );
}
