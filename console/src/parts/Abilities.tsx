import type { Capabilities } from "../api/resources";

const NAMES: [keyof Capabilities, string][] = [
  ["voice", "Calls"],
  ["sms", "Texts"],
  ["mms", "Pictures"],
  ["fax", "Fax"],
];

export function Abilities({ of }: { of: Capabilities }) {
  return (
    <span className="row wrap tight">
      {NAMES.filter(([name]) => of[name]).map(([name, word]) => (
        <span key={name} className="tag">
          {word}
        </span>
      ))}
    </span>
  );
}
