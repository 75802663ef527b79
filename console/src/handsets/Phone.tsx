// A phone: whom it talks with, what it shows, and what is typed on it.

import { ActionIcon, Autocomplete, Tooltip } from "@mantine/core";
import { IconAdjustments, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { useThread } from "../api/thread";
import { useOne } from "../api/queries";
import { type Handset, handset } from "../api/resources";
import { ErrorNote } from "../parts/ErrorNote";
import { addressTyped, spaced } from "../parts/phoneNumbers";
import { Behaviour } from "./Behaviour";
import { Chat } from "./Chat";
import { conversation, partners } from "./conversations";
import { traits } from "./traits";
import { Typing } from "./Typing";

interface Props {
  address: string;
  owned: string[];
  startWith: string | undefined;
  close: () => void;
}

export function Phone({ address, owned, startWith, close }: Props) {
  const { thread, readOlder } = useThread(address);
  const behaviour = useOne<Handset>(handset(address));
  const [isAdjusting, setAdjusting] = useState(false);
  const [picked, setPicked] = useState(startWith);
  const texts = thread.data?.texts ?? [];
  const others = partners(texts);
  const other = picked ?? others[0] ?? owned[0] ?? "";
  const isOff = behaviour.data?.power === "off";
  return (
    <section className={isOff ? "phone off" : "phone"} aria-label={`Handset ${address}`}>
      <header className="phone-head">
        <div className="row spread">
          <span className="phone-number number">{spaced(address)}</span>
          <span className="row tight">
            <Tooltip label="How this phone behaves">
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={`How ${address} behaves`}
                onClick={() => setAdjusting(true)}
              >
                <IconAdjustments size={17} />
              </ActionIcon>
            </Tooltip>
            <ActionIcon variant="subtle" color="gray" aria-label={`Put ${address} away`} onClick={close}>
              <IconX size={17} />
            </ActionIcon>
          </span>
        </div>
        <Autocomplete
          size="xs"
          aria-label={`${address} talks with`}
          placeholder="Text which number?"
          leftSection={<span className="dim">To</span>}
          data={[...new Set([...others, ...owned])]}
          limit={50}
          value={other}
          onChange={setPicked}
          onBlur={() => picked && setPicked(addressTyped(picked))}
        />
        {behaviour.data && <Traits of={behaviour.data} />}
      </header>
      <ErrorNote error={thread.error} />
      <Chat
        texts={conversation(texts, other)}
        readOlder={readOlder}
        address={address}
        other={other}
        isLoading={thread.isPending}
      />
      <Typing address={address} to={addressTyped(other)} isOff={isOff} />
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

function Traits({ of }: { of: Handset }) {
  const words = traits(of);
  return words.length ? <p className="phone-traits">{words.join(" · ")}</p> : null;
}
