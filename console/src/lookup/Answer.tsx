// What is known of a number: first the number itself, then each package that was asked for.

import type { ReactNode } from "react";
import { type Found, type LookedUp, numberPlan, type NumberPlan } from "../api/lookup";
import { useOne } from "../api/queries";
import { countryName } from "../parts/countries";
import { ErrorCode } from "../parts/ErrorNote";
import { Facts, Panel } from "../parts/Layout";
import { factsOf, NAMES, PACKAGES } from "./packages";

const REASONS: Record<number, string> = {
  60600: "Nobody knows.",
  60607: "Nobody knows that in this country.",
  60617: "Too little was given to compare with.",
};
const UNKNOWN = <span className="dim">–</span>;

export function Answer({ answer }: { answer: LookedUp }) {
  const found = NAMES.flatMap((name) => (answer[name] ? [[name, answer[name] as Found] as const] : []));
  return (
    <>
      <NumberItself answer={answer} />
      <div className="columns">
        {found.map(([name, one]) => (
          <Panel key={name} title={PACKAGES[name]}>
            <Package found={one} />
          </Panel>
        ))}
      </div>
    </>
  );
}

function NumberItself({ answer }: { answer: LookedUp }) {
  const { data: plan } = useOne<NumberPlan>(numberPlan(answer.phone_number));
  const facts: [string, ReactNode][] = [
    ["A number that there can be", <Valid answer={answer} />],
    ["E.164", <code>{answer.phone_number}</code>],
    ["National", answer.national_format || UNKNOWN],
    ["International", plan?.international_format || UNKNOWN],
    ["Country", answer.country_code ? countryName(answer.country_code) : UNKNOWN],
    ["Calling code", answer.calling_country_code ? `+${answer.calling_country_code}` : UNKNOWN],
    ["Place", [plan?.city, plan?.state].filter(Boolean).join(", ") || UNKNOWN],
    ["Time", plan?.time_zones.join(", ") || UNKNOWN],
    ["Kind, by the numbering plan", plan?.type || UNKNOWN],
    ["Carrier, by the numbering plan", plan?.carrier_name || UNKNOWN],
  ];
  return (
    <Panel title="The number">
      <Facts facts={facts} />
    </Panel>
  );
}

function Valid({ answer: { valid, validation_errors } }: { answer: LookedUp }) {
  if (valid) return <span className="status good">yes</span>;
  const why = validation_errors.map((one) => one.toLowerCase().replaceAll("_", " ")).join(", ");
  return <span className="status bad">{why ? `no: ${why}` : "no"}</span>;
}

function Package({ found }: { found: Found }) {
  const facts = factsOf(found);
  return (
    <>
      {facts.length > 0 && <Facts facts={facts} />}
      {found.error_code !== null && (
        <p className="hint">
          {REASONS[found.error_code] ?? "There is no answer."} Why: <ErrorCode code={found.error_code} />
        </p>
      )}
      {!facts.length && found.error_code === null && <p className="hint">Nothing is known.</p>}
    </>
  );
}
