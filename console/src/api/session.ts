// Who is signed in, and where. The server says it once; every request after that needs its CSRF token.

import { createContext, use } from "react";
import { errorOf } from "./errors";

export interface Session {
  account_sid: string;
  name: string;
  csrf: string;
  mode: string;
  version: string;
  clock: string;
  origin: string;
  public_url: string | null;
  has_password: boolean;
  capabilities: { adopts: boolean; advances_clock: boolean; calls_private_addresses: boolean };
}

const SESSION = "/console/session";

/** To the sign-in page, and back here afterwards. */
export function signIn(): void {
  const here = location.pathname + location.search;
  location.assign(`/console/login?next=${encodeURIComponent(here)}`);
}

export async function fetchSession(): Promise<Session | null> {
  const response = await fetch(SESSION, { headers: { Accept: "application/json" } });
  if (response.status === 401) return null;
  if (!response.ok) throw await errorOf(response);
  return (await response.json()) as Session;
}

export async function signOut(session: Session): Promise<void> {
  await fetch(SESSION, { method: "DELETE", headers: { "X-Offhook-CSRF": session.csrf } });
  location.assign("/console/login");
}

export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = use(SessionContext);
  if (!session) throw new Error("There is no session here");
  return session;
}
