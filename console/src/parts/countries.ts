const NAMES = new Intl.DisplayNames("en", { type: "region" });

/** `United States` for `US`; anything else as it is. */
export function countryName(code: string): string {
  return /^[A-Z]{2}$/.test(code) ? (NAMES.of(code) ?? code) : code;
}
