import { local, parseDate, utc } from "./dates";

/** A moment in the viewer's zone; the UTC on hover. */
export function When({ date }: { date: string | null | undefined }) {
  const parsed = parseDate(date);
  if (!parsed) return <span className="dim">–</span>;
  return (
    <time dateTime={parsed.toISOString()} title={utc(parsed)} className="when">
      {local(parsed, new Date())}
    </time>
  );
}
