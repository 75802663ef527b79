// Filters that live in the URL: what is looked at can be bookmarked, shared and gone back to. A page's spot is one of
// them, and is forgotten as soon as another filter changes.

import type { Spot } from "../api/pages";

const SPOT = ["Page", "PageToken"] as const;

export type Filters<Name extends string> = Record<Name, string>;

export function readFilters<Name extends string>(query: URLSearchParams, names: readonly Name[]): Filters<Name> {
  return Object.fromEntries(names.map((name) => [name, query.get(name) ?? ""])) as Filters<Name>;
}

export function withFilters(query: URLSearchParams, changes: Record<string, string>): URLSearchParams {
  const changed = new URLSearchParams(query);
  for (const name of SPOT) changed.delete(name);
  for (const [name, value] of Object.entries(changes)) {
    if (value) changed.set(name, value);
    else changed.delete(name);
  }
  return changed;
}

export function readSpot(query: URLSearchParams): Spot | null {
  const [Page, PageToken] = SPOT.map((name) => query.get(name) ?? "");
  return PageToken || Page ? { Page: Page!, PageToken: PageToken! } : null;
}

export function withSpot(query: URLSearchParams, spot: Spot | null): URLSearchParams {
  const changed = withFilters(query, {});
  if (spot?.Page) changed.set("Page", spot.Page);
  if (spot?.PageToken) changed.set("PageToken", spot.PageToken);
  return changed;
}

/** The filters as parameters of the API: what is empty is not sent. */
export function asked(filters: Record<string, string>): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(filters).map(([name, value]) => [name, value || undefined]));
}
