// Messages by the minute or the hour, for the chart.

import type { Traffic } from "../api/resources";

export interface Interval {
  at: number;
  sent: number;
  received: number;
  failed: number;
}

export function intervals(traffic: Traffic | undefined): Interval[] {
  return traffic?.counts.map(({ date_start, ...counts }) => ({ at: Date.parse(date_start), ...counts })) ?? [];
}

export function total(counts: Interval[], kind: "sent" | "received" | "failed"): number {
  return counts.reduce((sum, interval) => sum + interval[kind], 0);
}
