import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";
import type { Spot } from "../api/pages";
import { type Filters, readFilters, readSpot, withFilters, withSpot } from "./filters";

interface InUrl<Name extends string> {
  filters: Filters<Name>;
  change: (changes: Partial<Filters<Name>>) => void;
  clear: () => void;
  isFiltered: boolean;
  spot: Spot | null;
  turnTo: (spot: Spot | null) => void;
}

/** As it is by now: two changes may come before the page is drawn again. */
const inUrl = () => new URLSearchParams(location.search);

export function useFilters<Name extends string>(...names: Name[]): InUrl<Name> {
  const [query, setQuery] = useSearchParams();
  const joined = names.join(" ");
  const filters = useMemo(() => readFilters(query, joined.split(" ") as Name[]), [query, joined]);
  const change = useCallback(
    (changes: Partial<Filters<Name>>) =>
      setQuery(withFilters(inUrl(), changes as Record<string, string>), { replace: true }),
    [setQuery],
  );
  const turnTo = useCallback((spot: Spot | null) => setQuery(withSpot(inUrl(), spot)), [setQuery]);
  const clear = useCallback(
    () => change(Object.fromEntries(joined.split(" ").map((name) => [name, ""])) as Filters<Name>),
    [change, joined],
  );
  const isFiltered = Object.values(filters).some(Boolean);
  return { filters, change, clear, isFiltered, spot: readSpot(query), turnTo };
}
