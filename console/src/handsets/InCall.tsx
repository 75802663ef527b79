// A call on a phone: what is heard, a box to speak, the keys, and hanging up. Keys work from the keyboard too, wherever
// nothing is typed.

import { ActionIcon, Textarea, Tooltip } from "@mantine/core";
import { IconMicrophone, IconPhoneOff } from "@tabler/icons-react";
import { type KeyboardEvent, useState } from "react";
import { Link } from "react-router";
import type { HandsetCall } from "../api/resources";
import { callsOf } from "../api/voice";
import { Transcript } from "../calls/Transcript";
import { CopyAs } from "../parts/CopyAs";
import { ErrorNote } from "../parts/ErrorNote";
import { spaced } from "../parts/phoneNumbers";
import { Status } from "../parts/Status";
import { isKey, Keypad } from "./Keypad";
import { partnerOf, ringsHere, useAct } from "./useCalls";

export function InCall({ address, call }: { address: string; call: HandsetCall }) {
  const act = useAct(address, call.sid);
  const other = partnerOf(call);
  const isTalking = call.status === "in-progress";
  const press = (Digits: string) => act.mutate({ Digits });
  const type = (event: KeyboardEvent) => {
    const isTyping = event.target instanceof HTMLTextAreaElement || event.ctrlKey || event.metaKey || event.altKey;
    if (isTalking && !isTyping && isKey(event.key)) press(event.key);
  };
  return (
    <div className="in-call" onKeyDown={type}>
      <div className="row spread call-head">
        <div>
          <div className="number call-other">{spaced(other)}</div>
          <span className="row">
            <Status status={call.status} />
            {call.call_sid && <Link to={`/calls/${call.call_sid}`}>details</Link>}
          </span>
        </div>
        {!ringsHere(call) && (
          <Tooltip label="Hang up">
            <ActionIcon
              size="xl"
              radius="xl"
              color="red"
              aria-label="Hang up"
              onClick={() => act.mutate({ Action: "hangup" })}
            >
              <IconPhoneOff size={20} />
            </ActionIcon>
          </Tooltip>
        )}
      </div>
      <Transcript call={call} label={`What ${address} hears`} />
      <ErrorNote error={act.error} />
      <Speaking address={address} call={call} speak={(Speech) => act.mutate({ Speech })} disabled={!isTalking} />
      <Keypad press={press} disabled={!isTalking} />
    </div>
  );
}

interface SpeakingProps {
  address: string;
  call: HandsetCall;
  speak: (words: string) => void;
  disabled: boolean;
}

/** Where the person speaks, by typing. */
function Speaking({ address, call, speak, disabled }: SpeakingProps) {
  const [words, setWords] = useState("");
  const say = () => {
    if (!words.trim() || disabled) return;
    speak(words);
    setWords("");
  };
  const copied = { method: "POST" as const, path: `${callsOf(address)}/${call.sid}`, params: { Speech: words } };
  return (
    <form
      className="typing-line"
      onSubmit={(event) => {
        event.preventDefault();
        say();
      }}
    >
      <Textarea
        aria-label={`Say as ${address}`}
        placeholder={disabled ? "Nobody listens yet" : "Say something"}
        autosize
        minRows={1}
        maxRows={3}
        maxLength={4096}
        value={words}
        disabled={disabled}
        onChange={(event) => setWords(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          say();
        }}
      />
      <CopyAs call={copied} isSmall />
      <ActionIcon type="submit" size="lg" radius="xl" aria-label="Say it" disabled={disabled || !words.trim()}>
        <IconMicrophone size={18} />
      </ActionIcon>
    </form>
  );
}
