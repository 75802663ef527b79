// `npm run dev`: the console from its sources, against a running Offhook. Every request gets the credentials of that
// Offhook's connection.json (OFFHOOK_CONNECTION names another one), so no sign-in is needed; loopback only.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Plugin, ProxyOptions } from "vite";
import type { Session } from "./src/api/session.ts";

interface Connection {
  url: string;
  account_sid: string;
  auth_token: string;
}

const PATHS = ["/2010-04-01", "/offhook", "/monitor", "/iam", "/accounts", "/openapi.json", "/errors"];

export function connection(): Connection {
  const usual = fileURLToPath(new URL("../.offhook/connection.json", import.meta.url));
  return JSON.parse(readFileSync(process.env.OFFHOOK_CONNECTION ?? usual, "utf8")) as Connection;
}

export function proxied({ url, account_sid, auth_token }: Connection): Record<string, ProxyOptions> {
  const options = { target: url, auth: `${account_sid}:${auth_token}` };
  return Object.fromEntries(PATHS.map((path) => [path, options]));
}

export function signedIn({ url, account_sid }: Connection): Plugin {
  const session: Session = {
    account_sid,
    name: "Offhook",
    csrf: "",
    mode: "dev",
    version: "from its sources",
    clock: "real",
    origin: url,
    public_url: null,
    has_password: false,
    capabilities: { adopts: true, advances_clock: false, calls_private_addresses: true },
  };
  return {
    name: "signed-in",
    configureServer(server) {
      server.middlewares.use("/console/session", (_request, response) => {
        response.setHeader("Content-Type", "application/json");
        response.end(JSON.stringify(session));
      });
    },
  };
}
