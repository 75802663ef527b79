// What the API takes, said before it is asked.

export const CODE_LENGTHS = { min: 4, max: 10 } as const;
const LONGEST_NAME = 32;

export function serviceNameProblem(text: string): string | null {
  if (text.length > LONGEST_NAME) return `A name has at most ${LONGEST_NAME} characters.`;
  if ((text.match(/\d/g)?.length ?? 0) > 4) return "More than four digits would be taken for a code.";
  return null;
}

/** Who has an authenticator app is named by what says nothing of them. */
export function identityProblem(text: string): string | null {
  if (!text || /^[A-Za-z0-9-]{8,64}$/.test(text)) return null;
  return "8 to 64 letters, digits and dashes; no name and no address of a person.";
}

/** One that nobody has. */
export function newIdentity(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return `user-${[...bytes].map((one) => one.toString(16).padStart(2, "0")).join("")}`;
}
