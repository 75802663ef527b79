// The story of a call: its statuses and the steps of its documents, which the log has in order, and the exchanges about
// it. At one moment (a virtual clock stands still) a document comes before the steps that it led to.

import type { Exchange } from "../api/resources";
import type { CallHistory, CallMoment, CallStatus } from "../api/voice";
import { duration } from "../parts/dates";
import { pageOfSid } from "../parts/pages";
import { shortPath } from "../parts/paths";
import { inOrder, type Moment, type Placed, toneOf } from "./moments";

const MEANINGS: Record<CallStatus, string> = {
  queued: "Accepted, and kept on the disk.",
  ringing: "It rings.",
  "in-progress": "Somebody has answered.",
  completed: "It is over.",
  busy: "Whom was called has no time.",
  "no-answer": "Nobody answered.",
  failed: "It could not be made, or was cut off.",
  canceled: "Called off before anybody answered.",
};
const BAD = new Set<string>(["failed", "busy", "no-answer"]);
const GOOD = new Set<string>(["in-progress", "completed"]);
/** Steps that are no verb of a document. */
const CAME: Record<string, string> = {
  Gathered: "Was given",
  Connected: "Connected with",
  Error: "Application error",
  Alert: "Alert",
  Warning: "Warning",
};
const AMISS = new Set<string>(["Error", "Alert"]);
const REQUEST = 0;
const BEGINS = 10;
const DOCUMENT = 20;
const STEP = 30;
const CALLBACK = 40;
const BEFORE = new Set<string>(["queued", "ringing"]);

export function callMoments(exchanges: Exchange[], history: CallHistory | undefined): Moment[] {
  const told = [...exchanges].reverse().flatMap((exchange) => ofExchange(exchange) ?? []);
  return inOrder([...(history?.moments.map(ofMoment) ?? []), ...told]);
}

function ofMoment({ kind, text, date_created: at }: CallMoment, place: number): Placed {
  const key = String(place);
  if (kind === "status") {
    const tone = BAD.has(text) ? "bad" : GOOD.has(text) ? "good" : "calm";
    const about = MEANINGS[text as CallStatus] ?? "";
    return { key, at, title: text, about, tone, rank: BEFORE.has(text) ? BEGINS : STEP };
  }
  const title = CAME[kind] ?? `<${kind}>`;
  const about = kind === "Gathered" && !text ? "nothing" : text;
  const to = kind === "Connected" ? pageOfSid(text) : null;
  return { key, at, title, about, tone: AMISS.has(kind) ? "bad" : "calm", rank: STEP, ...(to ? { to } : {}) };
}

function ofExchange(exchange: Exchange): Placed | null {
  const { kind, method, url, duration: took } = exchange;
  const placed = { key: exchange.sid, at: exchange.date_created, exchange, tone: toneOf(exchange) };
  const about = `${url} · ${duration(took)}`;
  if (kind === "document") {
    const title = exchange.resent_from ? "Asked again by hand" : "The app was asked";
    return { ...placed, title, about, rank: DOCUMENT };
  }
  if (kind === "callback") return { ...placed, title: `Status callback: ${toldOf(exchange)}`, about, rank: CALLBACK };
  if (method === "GET") return null; // somebody only looked
  const did = ofPerson(exchange);
  if (did) return { ...placed, ...did, rank: REQUEST };
  return { ...placed, title: `API request: ${method}`, about: shortPath(url), rank: REQUEST };
}

function toldOf({ request_body, url }: Exchange): string {
  const told = new URLSearchParams(request_body || url.split("?")[1]);
  return ["RecordingStatus", "AnsweredBy", "CallStatus"].map((name) => told.get(name)).find(Boolean) ?? "told";
}

const ON_A_PHONE = /\/offhook\/v1\/Handsets\/([^/?]+)\/Calls/;

/** What somebody with a phone did, which is a request too. */
function ofPerson({ url, request_body }: Exchange): { title: string; about: string } | null {
  const phone = ON_A_PHONE.exec(url)?.[1];
  if (!phone) return null;
  const did = new URLSearchParams(request_body);
  const words = [
    did.get("To") && `calls ${did.get("To")}`,
    did.get("Action") && `${did.get("Action")}s`.replace("hangups", "hangs up"),
    did.get("Digits") && `presses ${did.get("Digits")}`,
    did.get("Speech") && `says “${did.get("Speech")}”`,
  ];
  return { title: decodeURIComponent(phone), about: words.filter(Boolean).join(", ") };
}
