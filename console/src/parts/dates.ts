// Dates in the viewer's zone. Both dialects' spellings (RFC 2822 and ISO 8601) are understood.

export function parseDate(text: string | null | undefined): Date | null {
  if (!text) return null;
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? null : date;
}

/** A moment in microseconds, which a Date does not keep. */
export function microseconds(text: string | null | undefined): number | null {
  const date = parseDate(text);
  const beyond = /\.\d{3}(\d{3})/.exec(text ?? "")?.[1] ?? "0";
  return date && date.getTime() * 1000 + Number(beyond);
}

const TIME: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit", second: "2-digit" };

/** `14:03:09` of today, `Nov 3, 14:03:09` of this year, with the year otherwise; `exact` to the millisecond. */
export function local(date: Date, now: Date, zone?: string, exact = false): string {
  const inZone = zone ? { timeZone: zone } : {};
  const parts: Intl.DateTimeFormatOptions = exact ? { ...TIME, fractionalSecondDigits: 3 } : TIME;
  const day = (one: Date) => one.toLocaleDateString("en-CA", inZone);
  const time = date.toLocaleTimeString("en-GB", { ...parts, ...inZone });
  if (day(date) === day(now)) return time;
  const withYear: Intl.DateTimeFormatOptions =
    day(date).slice(0, 4) === day(now).slice(0, 4) ? {} : { year: "numeric" };
  return `${date.toLocaleDateString("en-US", { month: "short", day: "numeric", ...withYear, ...inZone })}, ${time}`;
}

/** `2026-11-20 06:41:37 UTC`, or `06:41:37.125` if it is to be exact. */
export function utc(date: Date, exact = false): string {
  return `${date
    .toISOString()
    .slice(0, exact ? 23 : 19)
    .replace("T", " ")} UTC`;
}

/** `0.4 ms`, `38 ms`, `1.25 s`. */
export function duration(milliseconds: number): string {
  if (milliseconds >= 1000) return `${(milliseconds / 1000).toFixed(2)} s`;
  return `${milliseconds < 10 ? milliseconds.toFixed(1) : Math.round(milliseconds)} ms`;
}

/** A length in seconds as `0:07`, `12:30`, `1:02:05`. */
export function seconds(length: number): string {
  const whole = Math.floor(length);
  const two = (part: number) => String(part).padStart(2, "0");
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return hours ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}
