// How a phone differs from one at which everything arrives at once and a person answers, in words.

import type { Handset } from "../api/resources";
import { TRAITS } from "./answering";

export function traits(phone: Handset): string[] {
  const words: string[] = [];
  if (phone.power === "off") words.push("switched off");
  if (phone.outcome === "undelivered") words.push(`loses every text (${phone.error_code ?? 30003})`);
  if (phone.fault_rate > 0) words.push(`loses ${Math.round(phone.fault_rate * 100)} % of texts`);
  if (phone.delay > 0) words.push(`${phone.delay} s late`);
  if (phone.repeated_reports > 0) words.push(`${phone.repeated_reports} reports too many`);
  if (phone.early_reports) words.push("reports too early");
  const answers = TRAITS[phone.answers];
  if (answers) words.push(answers);
  return words;
}
