// Phones, side by side. Which ones are open stands in the URL.

import { Autocomplete, Button } from "@mantine/core";
import { IconDeviceMobile, IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { useAccount } from "../api/account";
import { useList } from "../api/queries";
import { api, type Handset, HANDSETS, type PhoneNumber } from "../api/resources";
import { Phone } from "../handsets/Phone";
import { Ringing } from "../handsets/Ringing";
import { Empty, Head } from "../parts/Layout";
import { addressTyped, isAddress } from "../parts/phoneNumbers";

const FIRST_PHONE = "+19732644152";
const MOST_OPENED = 2;

export default function Handsets() {
  const account = useAccount();
  const [query, setQuery] = useSearchParams();
  const phones = useList<Handset>(HANDSETS, "handsets", { PageSize: 200 });
  const numbers = useList<PhoneNumber>(
    api(account, "/IncomingPhoneNumbers"),
    "incoming_phone_numbers",
    { PageSize: 1000 },
    { live: ["phone-number."] },
  );
  const owned = numbers.data?.items.map(({ phone_number }) => phone_number) ?? [];
  const known = phones.data?.items.map(({ address }) => address) ?? [];
  const chosen = query.getAll("phone");
  const isReady = phones.data !== undefined;
  const open = chosen.length ? chosen : isReady ? (known.length ? known.slice(0, MOST_OPENED) : [FIRST_PHONE]) : [];
  const show = (phones: string[]) =>
    setQuery(
      (old) => {
        const changed = new URLSearchParams(old);
        changed.delete("phone");
        for (const phone of phones) changed.append("phone", phone);
        return changed;
      },
      { replace: true },
    );
  return (
    <>
      <Head
        title="Handsets"
        about="Be the people with the phones. Every number that nobody owns here is one: text an app or call it, and see what it answers."
        actions={
          <Pick
            known={known.filter((phone) => !open.includes(phone))}
            pick={(phone) => show([...new Set([...open, phone])])}
          />
        }
      />
      {isReady && !open.length && (
        <Empty icon={<IconDeviceMobile size={32} />} title="No phone is open">
          Pick any number above.
        </Empty>
      )}
      <Ringing open={open} />
      <div className="phones">
        {open.map((phone) => (
          <Phone
            key={`${phone} ${query.get("to")}`}
            address={phone}
            owned={owned}
            startWith={query.get("to") ?? undefined}
            close={() => show(open.filter((one) => one !== phone))}
          />
        ))}
      </div>
    </>
  );
}

function Pick({ known, pick }: { known: string[]; pick: (phone: string) => void }) {
  const [typed, setTyped] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const open = (text: string) => {
    const address = addressTyped(text);
    if (!isAddress(address)) return setProblem("A number with its country code, or client:name");
    setTyped("");
    setProblem(null);
    pick(address);
  };
  return (
    <form
      className="row"
      onSubmit={(event) => {
        event.preventDefault();
        open(typed);
      }}
    >
      <Autocomplete
        size="xs"
        className="pick"
        aria-label="Pick any number"
        placeholder="Any number, or client:name"
        data={known}
        limit={8}
        value={typed}
        error={problem}
        onChange={(text) => {
          setTyped(text);
          setProblem(null);
        }}
        onOptionSubmit={open}
      />
      <Button type="submit" size="xs" leftSection={<IconPlus size={15} />}>
        Open a phone
      </Button>
    </form>
  );
}
