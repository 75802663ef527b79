// Messages by the minute, for the chart: the hour up to now.

import type { Message } from "../api/resources";
import { parseDate } from "../parts/dates";

export interface Minute {
  at: number;
  sent: number;
  received: number;
  failed: number;
}

const MINUTE = 60_000;
export const MINUTES = 60;
const BAD = new Set(["failed", "undelivered"]);

export function byMinute(messages: Pick<Message, "direction" | "status" | "date_created">[], now: number): Minute[] {
  const last = Math.floor(now / MINUTE);
  const minutes = Array.from({ length: MINUTES }, (_, place) => ({
    at: (last - MINUTES + 1 + place) * MINUTE,
    sent: 0,
    received: 0,
    failed: 0,
  }));
  for (const { direction, status, date_created } of messages) {
    const at = parseDate(date_created)?.getTime();
    const minute = at === undefined ? undefined : minutes[Math.floor(at / MINUTE) - last + MINUTES - 1];
    if (!minute) continue;
    if (direction === "inbound") minute.received += 1;
    else if (BAD.has(status)) minute.failed += 1;
    else minute.sent += 1;
  }
  return minutes;
}

export function total(minutes: Minute[], kind: "sent" | "received" | "failed"): number {
  return minutes.reduce((sum, minute) => sum + minute[kind], 0);
}
