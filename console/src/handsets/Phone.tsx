// A phone: whom it talks with, what it shows, and what is typed and said on it.

import { ActionIcon, Autocomplete, SegmentedControl, Tooltip } from "@mantine/core";
import { IconAdjustments, IconX } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useOne } from "../api/queries";
import { type Handset, type HandsetCall, handset } from "../api/resources";
import { useThread } from "../api/thread";
import { ErrorNote } from "../parts/ErrorNote";
import { addressTyped, spaced } from "../parts/phoneNumbers";
import { Behaviour } from "./Behaviour";
import { Calling } from "./Calling";
import { Chat } from "./Chat";
import { conversation, partners } from "./conversations";
import { Incoming } from "./Incoming";
import { traits } from "./traits";
import { Typing } from "./Typing";
import { ringsHere, useCalls } from "./useCalls";

type View = "texts" | "calls";
const VIEWS: { value: View; label: string }[] = [
  { value: "texts", label: "Texts" },
  { value: "calls", label: "Calls" },
];

interface Props {
  address: string;
  owned: string[];
  startWith: string | undefined;
  close: () => void;
}

export function Phone({ address, owned, startWith, close }: Props) {
  const { thread, readOlder } = useThread(address);
  const calls = useCalls(address);
  const behaviour = useOne<Handset>(handset(address));
  const [isAdjusting, setAdjusting] = useState(false);
  const [view, setView] = useView(calls.live);
  const [picked, setPicked] = useState(startWith);
  const texts = thread.data?.texts ?? [];
  const others = partners(texts);
  const other = picked ?? others[0] ?? owned[0] ?? "";
  const isOff = behaviour.data?.power === "off";
  const isRinging = calls.live !== undefined && ringsHere(calls.live);
  const isTalking = view === "calls" && calls.live !== undefined && !isRinging;
  return (
    <section
      className={`phone ${isOff ? "off" : ""} ${isRinging ? "ringing" : ""}`}
      aria-label={`Handset ${address}`}
    >
      <header className="phone-head">
        <Top address={address} adjust={() => setAdjusting(true)} close={close} />
        <SegmentedControl
          size="xs"
          fullWidth
          aria-label={`What ${address} shows`}
          data={VIEWS}
          value={view}
          onChange={(chosen) => setView(chosen as View)}
        />
        {!isTalking && (
          <Autocomplete
            size="xs"
            aria-label={`${address} talks with`}
            placeholder={view === "texts" ? "Text which number?" : "Call which number?"}
            leftSection={<span className="dim">To</span>}
            data={[...new Set([...others, ...owned])]}
            limit={50}
            value={other}
            onChange={setPicked}
            onBlur={() => picked && setPicked(addressTyped(picked))}
          />
        )}
        {behaviour.data && <Traits of={behaviour.data} />}
        {calls.live && isRinging && <Incoming address={address} call={calls.live} />}
      </header>
      {view === "texts" ? (
        <>
          <ErrorNote error={thread.error} />
          <Chat
            texts={conversation(texts, other)}
            readOlder={readOlder}
            address={address}
            other={other}
            isLoading={thread.isPending}
          />
          <Typing address={address} to={addressTyped(other)} isOff={isOff} />
        </>
      ) : (
        <Calling address={address} to={addressTyped(other)} isOff={isOff} calls={calls} />
      )}
      {behaviour.data && (
        <Behaviour
          address={address}
          behaviour={behaviour.data}
          isOpen={isAdjusting}
          close={() => setAdjusting(false)}
        />
      )}
    </section>
  );
}

/** Texts at first; a call that goes out or that is answered is shown at once. */
function useView(live: HandsetCall | undefined): [View, (view: View) => void] {
  const [view, setView] = useState<View>("texts");
  const taken = live && !ringsHere(live) ? live.sid : null;
  useEffect(() => {
    if (taken) setView("calls");
  }, [taken]);
  return [view, setView];
}

function Top({ address, adjust, close }: { address: string; adjust: () => void; close: () => void }) {
  return (
    <div className="row spread">
      <span className="phone-number number">{spaced(address)}</span>
      <span className="row tight">
        <Tooltip label="How this phone behaves">
          <ActionIcon variant="subtle" color="gray" aria-label={`How ${address} behaves`} onClick={adjust}>
            <IconAdjustments size={17} />
          </ActionIcon>
        </Tooltip>
        <ActionIcon variant="subtle" color="gray" aria-label={`Put ${address} away`} onClick={close}>
          <IconX size={17} />
        </ActionIcon>
      </span>
    </div>
  );
}

function Traits({ of }: { of: Handset }) {
  const words = traits(of);
  return words.length ? <p className="phone-traits">{words.join(" · ")}</p> : null;
}
