/** A sentence in which `names` between backticks are code. */
export function Words({ text }: { text: string }) {
  return text.split("`").map((part, place) => (place % 2 ? <code key={place}>{part}</code> : part));
}
