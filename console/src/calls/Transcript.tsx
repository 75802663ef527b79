// What is heard in a call, as a phone heard it: bubbles like those of texts, with what is no word between them.

import { useEffect, useRef } from "react";
import type { HandsetCall, HandsetLine } from "../api/resources";
import { seconds } from "../parts/dates";

/** What a line that is no speech is, in words. */
const NOISES: Record<string, string> = {
  play: "Plays",
  music: "Music",
  beep: "Beep",
  silence: "Silence",
  digits: "Keys",
};
const ENDS: Record<string, string> = {
  completed: "The call has ended.",
  busy: "Busy.",
  "no-answer": "No answer.",
  failed: "The call failed.",
  canceled: "Called off.",
};

export function Transcript({ call, label }: { call: HandsetCall; label: string }) {
  const end = useRef<HTMLOListElement>(null);
  const count = call.transcript.length;
  useEffect(() => {
    const box = end.current?.parentElement;
    if (box) box.scrollTop = box.scrollHeight;
  }, [count, call.status]);
  return (
    <div className="transcript" role="log" aria-label={label} tabIndex={0}>
      <ol ref={end}>
        {call.transcript.map((line, place) => (
          <Line key={place} line={line} />
        ))}
      </ol>
      {call.status in ENDS && <p className="noise">{ENDS[call.status]}</p>}
    </div>
  );
}

function Line({ line: { at, kind, text } }: { line: HandsetLine }) {
  const noise = NOISES[kind];
  if (noise)
    return (
      <li className="noise">
        {noise}
        {text && (
          <>
            {" "}
            <span className="noise-text">{text}</span>
          </>
        )}
      </li>
    );
  return (
    <li className={`bubble ${kind === "speech" ? "outbound" : "inbound"}`}>
      <span className="bubble-text">{text}</span>
      <span className="bubble-foot">{seconds(at)}</span>
    </li>
  );
}
