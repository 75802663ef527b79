// A phone's texts, by whom they were exchanged with.

import type { HandsetText } from "../api/resources";

export const partner = ({ direction, from, to }: HandsetText): string => (direction === "inbound" ? from : to);

/** Whom the phone has texted with, the latest first. */
export function partners(texts: HandsetText[]): string[] {
  return [...new Set(texts.map(partner).toReversed())];
}

export function conversation(texts: HandsetText[], other: string): HandsetText[] {
  return texts.filter((text) => partner(text) === other);
}
