// One request of the public API: a form for POST, the query otherwise, as any other client would make it.

import { errorOf, Unreachable } from "./errors";

export type Method = "GET" | "POST" | "DELETE";
export type Value = string | number | boolean | string[] | undefined | null;
export type Params = Record<string, Value>;

export interface Call {
  method: Method;
  path: string;
  params?: Params;
}

let csrf = "";

export function provideCsrf(token: string): void {
  csrf = token;
}

/** Only what is given; an empty text is given, and removes. */
export function encode(params: Params = {}): URLSearchParams {
  const encoded = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value === undefined || value === null) continue;
    for (const one of Array.isArray(value) ? value : [value]) encoded.append(name, String(one));
  }
  return encoded;
}

export function urlOf({ method, path, params }: Call): string {
  const query = method === "POST" ? "" : encode(params).toString();
  return query ? `${path}?${query}` : path;
}

export async function send(call: Call, signal?: AbortSignal): Promise<Response> {
  const post = call.method === "POST";
  const answer = fetch(urlOf(call), {
    method: call.method,
    headers: { Accept: "application/json", ...(call.method === "GET" ? {} : { "X-Offhook-CSRF": csrf }) },
    ...(post ? { body: encode(call.params) } : {}),
    ...(signal ? { signal } : {}),
  });
  return answer.catch((error: unknown) => {
    throw error instanceof TypeError ? new Unreachable() : error; // what `fetch` calls a network that failed
  });
}

export async function request<Answer>(call: Call, signal?: AbortSignal): Promise<Answer> {
  const response = await send(call, signal);
  if (!response.ok) throw await errorOf(response);
  return (response.status === 204 ? undefined : await response.json()) as Answer;
}
