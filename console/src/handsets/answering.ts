// How a phone answers calls, in words.

import type { Handset } from "../api/resources";

export const ANSWERS: { value: Handset["answers"]; label: string }[] = [
  { value: "by-hand", label: "Rings until somebody answers by hand" },
  { value: "at-once", label: "Answers by itself" },
  { value: "voicemail", label: "Voicemail: answers and beeps" },
  { value: "rejects", label: "Rings, and is then rejected" },
  { value: "busy", label: "Is busy" },
  { value: "never", label: "Rings for ever" },
];
export const TRAITS: Record<Handset["answers"], string | null> = {
  "by-hand": null,
  "at-once": "answers by itself",
  voicemail: "voicemail",
  rejects: "rejects calls",
  busy: "is busy",
  never: "never answers",
};
