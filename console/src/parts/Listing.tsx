// A list in pages: a table whose rows lead somewhere, what to do where it is empty, and the way to the next page.

import { Button, Loader } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Link } from "react-router";
import type { Page, Spot } from "../api/pages";
import { ErrorNote } from "./ErrorNote";

export interface Column<Item> {
  name: string;
  show: (item: Item) => ReactNode;
  /** `wide` takes what room there is; `narrow` is left out on a phone; `right` holds numbers. */
  kind?: "wide" | "narrow" | "right" | "right narrow";
}

interface ListingProps<Item> {
  label: string;
  query: UseQueryResult<Page<Item>>;
  columns: Column<Item>[];
  id: (item: Item) => string;
  to?: (item: Item) => string;
  empty: ReactNode;
  turnTo?: (spot: Spot | null) => void;
}

export function Listing<Item>({ label, query, columns, id, to, empty, turnTo }: ListingProps<Item>) {
  const { data, error } = query;
  if (error && !data)
    return (
      <div className="padded">
        <ErrorNote error={error} />
      </div>
    );
  if (!data)
    return (
      <div className="loading">
        <Loader size="sm" aria-label="Loading" />
      </div>
    );
  if (!data.items.length && !data.previous && !data.next) return <>{empty}</>;
  return (
    <>
      <div className="scroll" tabIndex={0} role="region" aria-label={label}>
        <table className="listing" aria-label={label}>
          <thead>
            <tr>
              {columns.map(({ name, kind }) => (
                <th key={name} className={kind} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {data.items.map((item) => (
              <Row key={id(item)} item={item} columns={columns} {...(to ? { to: to(item) } : {})} />
            ))}
          </tbody>
        </table>
      </div>
      {!data.items.length && data.next && (
        <p className="hint padded">None among those that were looked through for this page. There are older ones.</p>
      )}
      {turnTo && (data.next || data.previous) && <Pager page={data} turnTo={turnTo} />}
    </>
  );
}

function Row<Item>({ item, columns, to }: { item: Item; columns: Column<Item>[]; to?: string }) {
  return (
    <tr className={to ? "leads" : undefined}>
      {columns.map(({ name, kind, show }, place) => (
        <td key={name} className={kind} data-label={name}>
          {to && place === 0 ? (
            <Link to={to} className="row-link">
              {show(item)}
            </Link>
          ) : (
            show(item)
          )}
        </td>
      ))}
    </tr>
  );
}

function Pager<Item>({ page, turnTo }: { page: Page<Item>; turnTo: (spot: Spot | null) => void }) {
  const isSecond = page.previous?.Page === "0";
  return (
    <nav className="pager row spread" aria-label="Pages">
      <Button
        variant="default"
        size="xs"
        disabled={!page.previous}
        leftSection={<IconChevronLeft size={14} />}
        onClick={() => turnTo(isSecond ? null : page.previous)}
      >
        Newer
      </Button>
      <Button
        variant="default"
        size="xs"
        disabled={!page.next}
        rightSection={<IconChevronRight size={14} />}
        onClick={() => turnTo(page.next)}
      >
        Older
      </Button>
    </nav>
  );
}
