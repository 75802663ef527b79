// What the API answers, as far as the console reads it, and where it stands.

export const api = (account: string, path = "") => `/2010-04-01/Accounts/${account}${path}.json`;
export const EXCHANGES = "/offhook/v1/Exchanges";
export const ALERTS = "/monitor/v1/Alerts";
export const TRAFFIC = "/offhook/v1/Traffic";
export const HANDSETS = "/offhook/v1/Handsets";
export const FOUND_MESSAGES = "/offhook/v1/Messages";
export const history = (message: string) => `${FOUND_MESSAGES}/${message}/History`;
export const CLOCK = "/offhook/v1/Clock";
export const handset = (address: string) => `${HANDSETS}/${encodeURIComponent(address)}`;

export type MessageStatus =
  "queued" | "sending" | "sent" | "delivered" | "undelivered" | "failed" | "canceled" | "received";

export interface Message {
  sid: string;
  account_sid: string;
  body: string;
  direction: string;
  from: string;
  to: string;
  status: MessageStatus;
  num_segments: string;
  num_media: string;
  error_code: number | null;
  error_message: string | null;
  date_created: string | null;
  date_sent: string | null;
  date_updated: string | null;
}

/** What became of a message. The moments are exact, to the microsecond. */
export interface History {
  message_sid: string;
  statuses: { status: MessageStatus; error_code: number | null; date_created: string | null }[];
  complete: boolean;
  in_reply_to: string | null;
  replies: string[];
}

/** Counts of messages by the minute or by the hour; `interval` in seconds. */
export interface Traffic {
  account_sid: string | null;
  interval: number;
  counts: { date_start: string; sent: number; received: number; failed: number }[];
}

export interface Media {
  sid: string;
  content_type: string;
  uri: string;
}

export interface Capabilities {
  voice: boolean;
  sms: boolean;
  mms: boolean;
  fax: boolean;
}

export interface PhoneNumber {
  sid: string;
  account_sid: string;
  phone_number: string;
  friendly_name: string;
  capabilities: Capabilities;
  sms_url: string;
  sms_method: string;
  sms_fallback_url: string;
  sms_fallback_method: string;
  sms_application_sid: string;
  voice_url: string;
  voice_method: string;
  voice_fallback_url: string;
  voice_fallback_method: string;
  voice_application_sid: string;
  status_callback: string;
  status_callback_method: string;
  date_created: string | null;
}

export interface AvailableNumber {
  phone_number: string;
  friendly_name: string;
  locality: string | null;
  region: string | null;
  iso_country: string;
  capabilities: Capabilities;
}

export interface Country {
  country_code: string;
  country: string;
  subresource_uris: Record<string, string>;
}

export interface Application {
  sid: string;
  friendly_name: string;
  sms_url: string | null;
  sms_method: string;
  sms_fallback_url: string | null;
  sms_fallback_method: string;
  voice_url: string | null;
  voice_method: string;
  voice_fallback_url: string | null;
  voice_fallback_method: string;
  message_status_callback: string | null;
  date_created: string | null;
}

export interface Key {
  sid: string;
  friendly_name: string;
  date_created: string | null;
}

export interface NewKey extends Key {
  secret: string;
}

export interface Account {
  sid: string;
  friendly_name: string;
  status: string;
  owner_account_sid: string;
  auth_token: string;
  date_created: string | null;
}

export interface Alert {
  sid: string;
  account_sid: string;
  alert_text: string;
  error_code: string;
  log_level: string;
  request_method: string | null;
  request_url: string;
  request_variables: string;
  resource_sid: string;
  response_body: string;
  response_headers: string;
  date_created: string | null;
}

export type Headers = [string, string][];

export interface Exchange {
  sid: string;
  account_sid: string;
  direction: "in" | "out";
  kind: "api" | "callback" | "document";
  method: string;
  url: string;
  request_headers: Headers;
  request_body: string;
  status: number | null;
  response_headers: Headers;
  response_body: string;
  date_created: string | null;
  duration: number;
  resource_sid: string | null;
  error_code: number | null;
  error: string | null;
  notes: string[];
  resent_from: string | null;
}

export interface HandsetMedia {
  content_type: string;
  size: number;
  url: string;
}

export interface HandsetText {
  sid: string;
  direction: "inbound" | "outbound";
  from: string;
  to: string;
  body: string;
  media: HandsetMedia[];
  message_sid: string | null;
  date_created: string | null;
}

export interface Handset {
  address: string;
  outcome: "delivered" | "undelivered";
  error_code: number | null;
  delay: number;
  power: "on" | "off";
  repeated_reports: number;
  early_reports: boolean;
  fault_rate: number;
  seed: number;
  answers: "by-hand" | "at-once" | "busy" | "rejects" | "never" | "voicemail";
  answer_delay: number;
  greeting: string;
  date_last_text: string | null;
}

export type HandsetCallStatus =
  "queued" | "ringing" | "in-progress" | "completed" | "busy" | "failed" | "no-answer" | "canceled";

/** Something that is to be heard in a call, from `at` on, in seconds since the call was made. */
export interface HandsetLine {
  at: number;
  kind: "say" | "play" | "beep" | "music" | "silence" | "digits" | "speech" | "person";
  text: string;
}

/** A call of a phone; `pending` is how much the person has still to say or to press. */
export interface HandsetCall {
  sid: string;
  direction: "inbound" | "outbound";
  status: HandsetCallStatus;
  from: string;
  to: string;
  call_sid: string | null;
  date_created: string | null;
  duration: number | null;
  pending: number;
  transcript: HandsetLine[];
  url: string;
}

export interface Clock {
  mode: "real" | "virtual";
  now: number;
  date: string;
  waiting: number | null;
  next_timer: string | null;
}
