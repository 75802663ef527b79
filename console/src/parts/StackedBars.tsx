import "@mantine/charts/styles.css";
import { BarChart } from "@mantine/charts";

interface Props {
  label: string;
  data: Record<string, string | number>[];
  /** The name of what stands below each bar. */
  along: string;
  series: { name: string; label: string; color: string }[];
  /** Every how many bars something stands below. */
  interval?: number;
  widest?: number;
}

/** Bars of parts on top of each other. */
export function StackedBars({ label, data, along, series, interval = 0, widest = 14 }: Props) {
  return (
    <div role="img" aria-label={label}>
      <BarChart
        h={200}
        data={data}
        dataKey={along}
        series={series}
        type="stacked"
        gridAxis="x"
        gridProps={{ syncWithTicks: true }}
        barChartProps={{ margin: { top: 10 } }}
        tickLine="none"
        withLegend
        legendProps={{ verticalAlign: "bottom", height: 28 }}
        xAxisProps={{ interval, minTickGap: 20 }}
        yAxisProps={{ allowDecimals: false, width: 32 }}
        barProps={{ isAnimationActive: false, radius: 2 }}
        maxBarWidth={widest}
      />
    </div>
  );
}
