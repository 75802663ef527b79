// The story of a message, put together of what the API tells: its history, and the exchanges about it. Times are exact;
// what happened at the same moment (a virtual clock stands still) is ordered by what must have come first.

import type { Exchange, History, MessageStatus } from "../api/resources";
import { microseconds } from "../parts/dates";
import { shortPath } from "../parts/paths";

export interface Moment {
  key: string;
  at: string | null;
  title: string;
  about?: string;
  tone: "good" | "calm" | "bad" | "dull";
  exchange?: Exchange;
  /** Where more of it is to be seen. */
  to?: string;
}

/** What happened at the same moment is in the order of `rank`. */
export interface Placed extends Moment {
  rank: number;
}

const RANKS: Record<MessageStatus, number> = {
  received: 10,
  queued: 10,
  sending: 20,
  sent: 30,
  delivered: 40,
  undelivered: 40,
  failed: 40,
  canceled: 40,
};
const MEANINGS: Record<MessageStatus, string> = {
  received: "It came in from the network.",
  queued: "Accepted, and kept on the disk.",
  sending: "Being handed to the network.",
  sent: "The network took it.",
  delivered: "It is on the phone.",
  undelivered: "The network says that it did not arrive.",
  failed: "No network took it.",
  canceled: "Called off before it left.",
};
const BAD = new Set<string>(["undelivered", "failed"]);

export function moments(exchanges: Exchange[], history: History | undefined): Moment[] {
  const told = [...exchanges].reverse().flatMap((exchange) => ofExchange(exchange) ?? []);
  const changes = history?.statuses.map(ofChange) ?? [];
  return inOrder([...changes, ...told]);
}

export function inOrder(moments: Placed[]): Moment[] {
  return moments.sort((one, other) => order(one) - order(other) || one.rank - other.rank);
}

const order = ({ at }: Moment): number => microseconds(at) ?? Infinity;

function ofChange({ status, error_code, date_created }: History["statuses"][number], place: number): Placed {
  const tone = BAD.has(status) ? "bad" : status === "delivered" || status === "received" ? "good" : "calm";
  const meaning = MEANINGS[status] ?? "";
  const about = error_code === null ? meaning : `${meaning} Error ${error_code}.`;
  return { key: String(place), at: date_created, title: status, about, tone, rank: RANKS[status] ?? 45 };
}

function ofExchange(exchange: Exchange): Placed | null {
  const placed = { key: exchange.sid, at: exchange.date_created, exchange, tone: toneOf(exchange) };
  if (exchange.kind === "document") {
    return {
      ...placed,
      title: exchange.resent_from ? "Asked again by hand" : "The app was asked",
      about: exchange.url,
      rank: 35,
    };
  }
  if (exchange.kind === "callback") {
    const status = new URLSearchParams(exchange.request_body || exchange.url.split("?")[1]).get("MessageStatus") ?? "";
    const after = RANKS[status as MessageStatus] ?? 45;
    return { ...placed, title: `Status callback: ${status || "told"}`, about: exchange.url, rank: after + 5 };
  }
  if (exchange.method === "GET") return null; // somebody only looked
  return { ...placed, title: `API request: ${exchange.method}`, about: shortPath(exchange.url), rank: 0 };
}

export function toneOf({ status, error }: Exchange): Moment["tone"] {
  return error !== null || status === null || status >= 400 ? "bad" : "dull";
}
