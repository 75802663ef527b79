/** The path of an API's URL, without the account, which is known. */
export function shortPath(url: string): string {
  const path = URL.canParse(url) ? new URL(url).pathname + new URL(url).search : url;
  return path.replace(/\/2010-04-01\/Accounts\/AC[0-9a-f]{32}(?=\/)/, "");
}
