// Lists, in both dialects. A page's neighbours are named by `Page` and `PageToken`, which is all that is kept of their
// links: the links carry the filters too, and those are known.

import type { Params } from "./request";

export interface Spot {
  Page: string;
  PageToken: string;
}

export interface Page<Item> {
  items: Item[];
  next: Spot | null;
  previous: Spot | null;
}

interface Links {
  next_page_uri?: string | null;
  previous_page_uri?: string | null;
  meta?: { next_page_url: string | null; previous_page_url: string | null };
}

export function pageOf<Item>(answer: unknown, key: string): Page<Item> {
  const links = answer as Links;
  return {
    items: (answer as Record<string, Item[]>)[key] ?? [],
    next: spotOf(links.meta ? links.meta.next_page_url : links.next_page_uri),
    previous: spotOf(links.meta ? links.meta.previous_page_url : links.previous_page_uri),
  };
}

export function spotOf(link: string | null | undefined): Spot | null {
  if (!link) return null;
  const query = new URLSearchParams(link.slice(link.indexOf("?") + 1));
  return { Page: query.get("Page") ?? "", PageToken: query.get("PageToken") ?? "" };
}

/** The parameters of a spot; the first page needs none. */
export function atSpot(spot: Spot | null): Params {
  return spot ? { Page: spot.Page || undefined, PageToken: spot.PageToken || undefined } : {};
}
