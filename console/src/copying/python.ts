// A call of the API as Python: Twilio's library where it has the call, `requests` otherwise.

import type { Call, Params, Value } from "../api/request";
import { given } from "./curl";
import { type SdkCall, sdkCall, type Step } from "./sdk";
import { listing, snake, WIRE_NAMES } from "./spelling";

export function python(call: Call, origin: string, own: string): string {
  const known = sdkCall(call.method, call.path, own);
  return known ? withLibrary(known, given(call.params)) : withRequests(call, origin);
}

function withLibrary({ steps, verb }: SdkCall, params: Params): string {
  const made = `client.${steps.map(accessor).join(".")}.${verb}(${args(params, verb)})`;
  return `from twilio.rest import Client\n\nclient = Client()  # offhook run -- python app.py\n\n${shown(made, verb)}\n`;
}

function accessor({ name, sid }: Step): string {
  return snake(name) + (sid === undefined ? "" : `(${literal(sid)})`);
}

function args(params: Params, verb: SdkCall["verb"]): string {
  const filled = Object.entries(params).map(([name, value]) => `${argument(name)}=${literal(value)}`);
  return listing(verb === "list" ? [...filled, "limit=20"] : filled, "    ", ",");
}

export function argument(name: string): string {
  if (name === "From") return "from_";
  return snake(WIRE_NAMES[name] ?? name);
}

function shown(made: string, verb: SdkCall["verb"]): string {
  if (verb === "delete") return made;
  if (verb === "list") return `for one in ${made}:\n    print(one)`;
  return `answer = ${made}\nprint(answer)`;
}

function withRequests({ method, path, params }: Call, origin: string): string {
  const filled = Object.entries(given(params)).map(([name, value]) => `        ${literal(name)}: ${literal(value)},`);
  const where = method === "POST" ? "data" : "params";
  const form = filled.length ? `    ${where}={\n${filled.join("\n")}\n    },\n` : "";
  return `import os

import requests

answer = requests.${method.toLowerCase()}(
    ${literal(origin + path)},
${form}    auth=(os.environ["TWILIO_ACCOUNT_SID"], os.environ["TWILIO_AUTH_TOKEN"]),
)
print(answer.status_code, answer.text)
`;
}

/** A Python literal. JSON's strings are Python's too. */
export function literal(value: Value): string {
  if (typeof value === "boolean") return value ? "True" : "False";
  if (value === undefined || value === null) return "None";
  return Array.isArray(value) ? `[${value.map(literal).join(", ")}]` : JSON.stringify(value);
}
