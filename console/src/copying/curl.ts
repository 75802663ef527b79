// A call of the API as a line for the shell.

import { type Call, type Params, type Value, encode } from "../api/request";

const CREDENTIALS = '-u "$TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN"';
const CONTINUED = " \\\n  ";

export function curl(call: Call, origin: string): string {
  const parts = [`curl${call.method === "GET" ? "" : ` -X ${call.method}`} ${CREDENTIALS}`];
  const query = call.method === "POST" ? "" : encode(given(call.params)).toString();
  parts.push(quoted(`${origin}${call.path}${query ? `?${query}` : ""}`));
  if (call.method === "POST") parts.push(...fields(call.params).map(([name, value]) => field(name, value)));
  return parts.join(CONTINUED);
}

/** What was filled in: a form that is copied does not set what was left empty. */
export function given(params: Params = {}): Params {
  return Object.fromEntries(Object.entries(params).filter(([, value]) => isGiven(value)));
}

function isGiven(value: Value): boolean {
  return value !== undefined && value !== null && value !== "" && !(Array.isArray(value) && value.length === 0);
}

function fields(params: Params = {}): [string, string][] {
  return [...encode(given(params)).entries()];
}

function field(name: string, value: string): string {
  return `--data-urlencode ${quoted(`${name}=${value}`)}`;
}

/** Nothing in it means anything to a POSIX shell. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
