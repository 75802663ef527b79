// A call of the API as JavaScript for Node: Twilio's library where it has the call, `fetch` otherwise.

import type { Call, Params } from "../api/request";
import { given } from "./curl";
import { type SdkCall, sdkCall, type Step } from "./sdk";
import { camel, listing, WIRE_NAMES } from "./spelling";

export function node(call: Call, origin: string, own: string): string {
  const known = sdkCall(call.method, call.path, own);
  return known ? withLibrary(known, given(call.params)) : withFetch(call, origin);
}

function withLibrary({ steps, verb }: SdkCall, params: Params): string {
  const method = verb === "delete" ? "remove" : verb;
  const made = `await client.${steps.map(accessor).join(".")}.${method}(${options(verb === "list" ? { ...params, limit: 20 } : params)})`;
  const shown = verb === "delete" ? `${made};` : `console.log(${made});`;
  return `import twilio from "twilio";\n\nconst client = twilio(); // offhook run -- node app.mjs\n\n${shown}\n`;
}

function accessor({ name, sid }: Step): string {
  const spelled = name === "V2010" ? "v2010" : camel(name);
  return spelled + (sid === undefined ? "" : `(${JSON.stringify(sid)})`);
}

function options(params: Params): string {
  const filled = Object.entries(params).map(
    ([name, value]) => `${key(WIRE_NAMES[name] ?? name)}: ${JSON.stringify(value)}`,
  );
  return filled.length ? `{${listing(filled, "  ", ",", " ")}}` : "";
}

/** `"totp.timeStep"` for `Totp.TimeStep`, since the library keeps the dot. */
function key(name: string): string {
  const spelled = name.split(".").map(camel).join(".");
  return spelled === camel(name) ? spelled : JSON.stringify(spelled);
}

function withFetch({ method, path, params }: Call, origin: string): string {
  const filled = Object.entries(given(params)).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one) => `[${JSON.stringify(name)}, ${JSON.stringify(String(one))}]`),
  );
  const form = filled.length ? `new URLSearchParams([${listing(filled, "  ", ",")}])` : "";
  const url =
    method !== "POST" && form ? `${JSON.stringify(`${origin}${path}?`)} + ${form}` : JSON.stringify(origin + path);
  const body = method === "POST" && form ? `\n  body: ${form.replaceAll("\n", "\n  ")},` : "";
  return `const { TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN } = process.env;
const credentials = Buffer.from(\`\${TWILIO_ACCOUNT_SID}:\${TWILIO_AUTH_TOKEN}\`).toString("base64");

const answer = await fetch(${url}, {
  method: ${JSON.stringify(method)},
  headers: { Authorization: \`Basic \${credentials}\` },${body}
});
console.log(answer.status, await answer.text());
`;
}
