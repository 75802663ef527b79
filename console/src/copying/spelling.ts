// The wire's names (`FriendlyName`, `DateSent<`) in the spelling of a language.

export const WIRE_NAMES: Record<string, string> = {
  "DateSent<": "DateSentBefore",
  "DateSent>": "DateSentAfter",
  "DateCreated<": "DateCreatedBefore",
  "DateCreated>": "DateCreatedAfter",
  "StartTime<": "StartTimeBefore",
  "StartTime>": "StartTimeAfter",
};

export function snake(name: string): string {
  return words(name).join("_").toLowerCase();
}

export function camel(name: string): string {
  const [first = "", ...rest] = words(name);
  return first.toLowerCase() + rest.map((word) => word[0]!.toUpperCase() + word.slice(1).toLowerCase()).join("");
}

function words(name: string): string[] {
  return name.match(/[A-Z]+(?![a-z])[0-9]*|[A-Z][a-z0-9]*|[a-z0-9]+/g) ?? [name];
}

const WIDEST = 72;

/** Items on one line if they are short, else on a line each. */
export function listing(items: string[], indent: string, after: string, padding = ""): string {
  const line = items.join(", ");
  if (!items.length) return "";
  if (line.length <= WIDEST && items.length <= 3) return `${padding}${line}${padding}`;
  return `\n${items.map((item) => `${indent}${item}${after}`).join("\n")}\n`;
}
