// How a phone number is shown: `+1 415 555 0100`; what is no such number stays as it is.

export function spaced(number: string): string {
  const american = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(number);
  if (american) return `+1 ${american[1]} ${american[2]} ${american[3]}`;
  return number;
}

/** What a person types, as an address of the network: E.164, or `client:name`. */
export function addressTyped(text: string): string {
  const trimmed = text.trim();
  if (trimmed.startsWith("client:")) return trimmed;
  const digits = trimmed.replace(/[\s().-]/g, "");
  return /^\d{11,15}$/.test(digits) ? `+${digits}` : /^\d{10}$/.test(digits) ? `+1${digits}` : digits;
}

export function isAddress(text: string): boolean {
  return /^\+[1-9]\d{6,14}$/.test(text) || /^client:\S{1,100}$/.test(text);
}
