// The API of this Offhook, from its own description, and every operation to try.

import { Loader } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { Link, useSearchParams } from "react-router";
import { request } from "../api/request";
import { useFilters } from "../filters/useFilters";
import { ErrorNote } from "../parts/ErrorNote";
import { FilterText } from "../parts/FilterText";
import { Empty, Head, Panel } from "../parts/Layout";
import { Words } from "../parts/Words";
import { matching, type OpenApi, type Operation, operationsOf } from "../reference/operations";
import { TryIt } from "../reference/TryIt";
import { IconBook } from "@tabler/icons-react";

const PATH = "/openapi.json";
const NAMES: Record<string, string> = {
  api: "2010 API",
  iam: "IAM",
  accounts: "Accounts",
  monitor: "Monitor",
  offhook: "Offhook",
};

export default function Reference() {
  const { data, error } = useQuery({
    queryKey: [PATH],
    staleTime: Infinity,
    queryFn: ({ signal }) => request<OpenApi>({ method: "GET", path: PATH }, signal),
  });
  const operations = useMemo(() => (data ? operationsOf(data) : []), [data]);
  const { filters, change } = useFilters("search");
  const [query] = useSearchParams();
  const found = matching(operations, filters.search);
  const chosen = operations.find(({ id }) => id === query.get("operation"));
  return (
    <>
      <Head
        title="API reference"
        about={
          <>
            What this Offhook answers, with your own credentials to try it. For programs:{" "}
            <a href={PATH} target="_blank" rel="noreferrer">
              /openapi.json
            </a>
            .
          </>
        }
      />
      <ErrorNote error={error} />
      {!data && !error && (
        <div className="loading">
          <Loader size="sm" aria-label="Loading" />
        </div>
      )}
      {data && (
        <div className="reference">
          <Panel flush>
            <div className="filters">
              <FilterText
                className="whole"
                label="Find an operation"
                placeholder="messages, PhoneNumber, delete …"
                value={filters.search}
                change={(search) => change({ search })}
              />
            </div>
            <Operations operations={found} chosen={chosen} />
          </Panel>
          {chosen ? (
            <TryIt key={chosen.id} operation={chosen} />
          ) : (
            <Panel>
              <Empty icon={<IconBook size={32} />} title="Choose an operation">
                Its parameters appear here, and you can try it at once.
              </Empty>
            </Panel>
          )}
        </div>
      )}
    </>
  );
}

function Operations({ operations, chosen }: { operations: Operation[]; chosen: Operation | undefined }) {
  const [query] = useSearchParams();
  const products = Object.groupBy(operations, ({ product }) => product);
  if (!operations.length) return <p className="padded hint">No operation fits.</p>;
  return (
    <nav className="operations" aria-label="Operations">
      {Object.entries(products).map(([product, some = []]) => (
        <section key={product}>
          <h2>{NAMES[product] ?? product}</h2>
          <ul>
            {some.map(({ id, method, path, summary }) => (
              <li key={id}>
                <Link
                  to={`?${withOperation(query, id)}`}
                  className="operation"
                  aria-current={id === chosen?.id ? "true" : undefined}
                  title={path}
                >
                  <span className={`method ${method.toLowerCase()}`}>{method}</span>
                  <span>
                    <Words text={summary} />
                    <span className="operation-path">{path.replace("/2010-04-01/Accounts/{account_sid}", "…")}</span>
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  );
}

function withOperation(query: URLSearchParams, id: string): URLSearchParams {
  const changed = new URLSearchParams(query);
  changed.set("operation", id);
  return changed;
}
