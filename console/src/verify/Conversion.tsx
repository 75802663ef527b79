// How many of the codes that were sent came back, all together and by country.

import { Loader } from "@mantine/core";
import { lazy, Suspense } from "react";
import { useList, useOne } from "../api/queries";
import { urlOf } from "../api/request";
import { type Attempt, ATTEMPTS, ATTEMPTS_SUMMARY, type AttemptsSummary } from "../api/verify";
import { countryName } from "../parts/countries";
import { ErrorNote } from "../parts/ErrorNote";
import { Panel } from "../parts/Layout";
import { byCountry, type Converted, rate, total } from "./conversion";

const ConversionChart = lazy(() => import("./ConversionChart"));
const NEWEST = 1000; // attempts that are counted by country
const READING = { live: ["verification."], rest: 3000 };

/** Of one service, or of all. */
export function Conversion({ service }: { service?: string }) {
  const params = service ? { VerifyServiceSid: service } : {};
  const summary = useOne<AttemptsSummary>(urlOf({ method: "GET", path: ATTEMPTS_SUMMARY, params }), READING);
  const attempts = useList<Attempt>(ATTEMPTS, "attempts", { ...params, PageSize: NEWEST }, READING);
  const counts = byCountry(attempts.data?.items ?? []);
  return (
    <Panel title="Codes that came back">
      <ErrorNote error={summary.error ?? attempts.error} />
      {summary.data && <Figures summary={summary.data} />}
      {counts.length > 0 && (
        <>
          <Suspense fallback={<Loader size="sm" aria-label="Loading the chart" />}>
            <ConversionChart counts={counts} />
          </Suspense>
          <Table counts={counts} />
        </>
      )}
      {attempts.data?.next && <p className="hint">By country: the newest {NEWEST.toLocaleString("en")} attempts.</p>}
    </Panel>
  );
}

function Figures({ summary }: { summary: AttemptsSummary }) {
  const figures = [
    ["Codes sent", String(summary.total_attempts)],
    ["Came back", String(summary.total_converted)],
    ["Conversion", summary.total_attempts ? `${summary.conversion_rate_percentage} %` : "–"],
  ];
  return (
    <div className="figures">
      {figures.map(([name, value]) => (
        <div key={name}>
          <div className="figure-value">{value}</div>
          <div className="figure-name">{name}</div>
        </div>
      ))}
    </div>
  );
}

function Table({ counts }: { counts: Converted[] }) {
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label="Conversion by country">
      <table className="listing" aria-label="Conversion by country">
        <thead>
          <tr>
            <th scope="col">Country</th>
            <th scope="col" className="right">
              Codes
            </th>
            <th scope="col" className="right narrow">
              Came back
            </th>
            <th scope="col" className="right">
              Conversion
            </th>
          </tr>
        </thead>
        <tbody>
          {counts.map((count) => (
            <tr key={count.country}>
              <td>{countryName(count.country)}</td>
              <td className="right number">{total(count)}</td>
              <td className="right narrow number">{count.converted}</td>
              <td className="right number">{rate(count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
