// What the API answers about calls, as far as the console reads it, and where it stands.

import { HANDSETS } from "./resources";

export const callHistory = (call: string) => `/offhook/v1/Calls/${call}/History`;
export const callsOf = (address: string) => `${HANDSETS}/${encodeURIComponent(address)}/Calls`;

export type CallStatus =
  "queued" | "ringing" | "in-progress" | "completed" | "busy" | "failed" | "no-answer" | "canceled";
export const CALL_STATUSES = [
  "queued",
  "ringing",
  "in-progress",
  "completed",
  "busy",
  "failed",
  "no-answer",
  "canceled",
] as const satisfies CallStatus[];

export interface Call {
  sid: string;
  account_sid: string;
  parent_call_sid: string | null;
  direction: string;
  from: string;
  to: string;
  status: CallStatus;
  start_time: string | null;
  end_time: string | null;
  /** Seconds, once it has ended. */
  duration: string | null;
  answered_by: string | null;
  caller_name: string | null;
  date_created: string | null;
}

/** A status (`kind` is "status") or a step of a document (`Say`, `Gathered` …), exact to the microsecond. */
export interface CallMoment {
  kind: string;
  text: string;
  date_created: string | null;
}

/** What became of a call. `children` are the calls that `<Dial>` made for it. */
export interface CallHistory {
  call_sid: string;
  moments: CallMoment[];
  complete: boolean;
  parent_call_sid: string | null;
  children: string[];
  recordings: string[];
}

export interface Recording {
  sid: string;
  account_sid: string;
  call_sid: string;
  conference_sid: string | null;
  status: string;
  channels: number;
  source: string;
  /** Seconds, once it has ended. */
  duration: string | null;
  error_code: number | null;
  date_created: string | null;
  uri: string;
}

export interface Transcription {
  sid: string;
  recording_sid: string;
  status: string;
  transcription_text: string;
  duration: string;
  date_created: string | null;
}

export interface Conference {
  sid: string;
  account_sid: string;
  friendly_name: string;
  status: "init" | "in-progress" | "completed";
  region: string;
  reason_conference_ended: string | null;
  call_sid_ending_conference: string | null;
  date_created: string | null;
  date_updated: string | null;
}

export interface Participant {
  call_sid: string;
  conference_sid: string;
  account_sid: string;
  label: string | null;
  muted: boolean;
  hold: boolean;
  coaching: boolean;
  call_sid_to_coach: string | null;
  start_conference_on_enter: boolean;
  end_conference_on_exit: boolean;
  status: string;
  date_created: string | null;
}

export interface Queue {
  sid: string;
  account_sid: string;
  friendly_name: string;
  current_size: number;
  max_size: number;
  /** Seconds. */
  average_wait_time: number;
  date_created: string | null;
}

export interface Member {
  call_sid: string;
  queue_sid: string;
  position: number;
  /** Seconds. */
  wait_time: number;
  date_enqueued: string | null;
}

const UNDER_WAY = new Set<string>(["queued", "ringing", "in-progress"]);

export const isUnderWay = ({ status }: { status: string }): boolean => UNDER_WAY.has(status);

/** Whose phone takes part in a call: the far side, as an app sees it. */
export const farSide = ({ direction, from, to }: Call): string => (direction === "inbound" ? from : to);

export const TWIML_BINS = "/offhook/v1/TwimlBins";

/** A document that is kept; numbers are given its `document_url`. */
export interface TwimlBin {
  sid: string;
  friendly_name: string;
  twiml: string;
  document_url: string;
  date_created: string | null;
}
