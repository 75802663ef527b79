// What is wrong with what was typed, in a sentence; null if nothing is. The API checks again.

export function urlProblem(text: string): string | null {
  if (!text) return null;
  if (/\s/.test(text)) return "A URL has no spaces.";
  if (!/^https?:\/\//i.test(text)) return "Begin with http:// or https://";
  try {
    return new URL(text).hostname ? null : "There is no host in this URL.";
  } catch {
    return "This is not a complete URL.";
  }
}

export function nameProblem(text: string): string | null {
  return text.length > 64 ? "A name has at most 64 characters." : null;
}
