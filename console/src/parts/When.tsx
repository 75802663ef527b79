import { local, parseDate, utc } from "./dates";

/** A moment in the viewer's zone; the UTC on hover. `exact` to the millisecond. */
export function When({ date, exact = false }: { date: string | null | undefined; exact?: boolean }) {
  const parsed = parseDate(date);
  if (!parsed) return <span className="dim">–</span>;
  return (
    <time dateTime={parsed.toISOString()} title={utc(parsed, exact)} className="when">
      {local(parsed, new Date(), undefined, exact)}
    </time>
  );
}
