// How many codes came back, by country.

import type { Attempt } from "../api/verify";

export interface Converted {
  country: string;
  converted: number;
  unconverted: number;
}

const NOWHERE = "No country";

/** The countries of these attempts, with the most attempts first. */
export function byCountry(attempts: Attempt[]): Converted[] {
  const counts = new Map<string, Converted>();
  for (const { channel_data, conversion_status } of attempts) {
    const country = channel_data.country ?? NOWHERE;
    const count = counts.get(country) ?? { country, converted: 0, unconverted: 0 };
    count[conversion_status] += 1;
    counts.set(country, count);
  }
  return [...counts.values()].sort((one, other) => total(other) - total(one) || (one.country < other.country ? -1 : 1));
}

export const total = ({ converted, unconverted }: Converted): number => converted + unconverted;

/** `67 %`. */
export function rate(count: Converted): string {
  return `${Math.round((100 * count.converted) / total(count))} %`;
}
