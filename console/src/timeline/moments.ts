// The story of a message, put together of what the API tells: the message's own times, and the exchanges about it. Times
// are whole seconds, so what happened within one is ordered by what must have come first.

import type { Exchange, Message, MessageStatus } from "../api/resources";
import { parseDate } from "../parts/dates";
import { shortPath } from "../parts/paths";

export interface Moment {
  key: string;
  at: Date | null;
  title: string;
  about?: string;
  tone: "good" | "calm" | "bad" | "dull";
  exchange?: Exchange;
}

interface Placed extends Moment {
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
const IS_FINAL = new Set<string>(["delivered", "undelivered", "failed", "canceled"]);

export function moments(message: Message, exchanges: Exchange[]): Moment[] {
  const told = [...exchanges].reverse().flatMap((exchange) => ofExchange(exchange) ?? []);
  return [...statuses(message), ...told].sort(
    (one, other) => seconds(one.at) - seconds(other.at) || one.rank - other.rank,
  );
}

const seconds = (at: Date | null): number => Math.floor((at?.getTime() ?? 0) / 1000);

function statuses(message: Message): Placed[] {
  const first: MessageStatus = message.direction === "inbound" ? "received" : "queued";
  const found = [ofStatus(first, message.date_created)];
  if (message.direction === "inbound") return found;
  if (message.date_sent && message.status !== "failed") found.push(ofStatus("sent", message.date_sent));
  if (IS_FINAL.has(message.status)) found.push(ofStatus(message.status, message.date_updated));
  return found;
}

function ofStatus(status: MessageStatus, date: string | null): Placed {
  const tone = BAD.has(status) ? "bad" : status === "delivered" || status === "received" ? "good" : "calm";
  return { key: status, at: parseDate(date), title: status, about: MEANINGS[status], tone, rank: RANKS[status] };
}

function ofExchange(exchange: Exchange): Placed | null {
  const placed = { key: exchange.sid, at: parseDate(exchange.date_created), exchange, tone: toneOf(exchange) };
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

function toneOf({ status, error }: Exchange): Moment["tone"] {
  return error !== null || status === null || status >= 400 ? "bad" : "dull";
}
