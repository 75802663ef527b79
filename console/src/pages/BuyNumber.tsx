// The inventory: search it, buy from it. What is searched for stands in the URL.

import { Button, Checkbox, Select, TextInput } from "@mantine/core";
import { IconSearchOff } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { useAccount } from "../api/account";
import { useList } from "../api/queries";
import { request } from "../api/request";
import { api, type AvailableNumber, type Country, type PhoneNumber } from "../api/resources";
import { useFilters } from "../filters/useFilters";
import { Abilities } from "../parts/Abilities";
import { CopyAs } from "../parts/CopyAs";
import { ErrorNote } from "../parts/ErrorNote";
import { FilterText } from "../parts/FilterText";
import { Empty, Head, Panel } from "../parts/Layout";
import { type Column, Listing } from "../parts/Listing";
import { addressTyped, isAddress } from "../parts/phoneNumbers";

const KINDS: Record<string, [path: string, label: string]> = {
  local: ["Local", "Local"],
  mobile: ["Mobile", "Mobile"],
  toll_free: ["TollFree", "Toll-free"],
};
const NEEDS: [name: "SmsEnabled" | "MmsEnabled" | "VoiceEnabled", label: string][] = [
  ["SmsEnabled", "Texts"],
  ["MmsEnabled", "Pictures"],
  ["VoiceEnabled", "Calls"],
];

export default function BuyNumber() {
  const account = useAccount();
  const { filters, change } = useFilters(
    "Country",
    "Kind",
    "AreaCode",
    "Contains",
    "InLocality",
    "InRegion",
    "SmsEnabled",
    "MmsEnabled",
    "VoiceEnabled",
  );
  const countries = useList<Country>(api(account, "/AvailablePhoneNumbers"), "countries");
  const code = filters.Country || "US";
  const country = countries.data?.items.find(({ country_code }) => country_code === code);
  const kinds = Object.keys(country?.subresource_uris ?? { local: "" });
  const kind = kinds.includes(filters.Kind) ? filters.Kind : kinds[0]!;
  const { Country: _country, Kind: _kind, ...narrowed } = filters;
  const given = Object.fromEntries(Object.entries(narrowed).filter(([, value]) => value));
  const path = api(account, `/AvailablePhoneNumbers/${code}/${KINDS[kind]?.[0] ?? "Local"}`);
  const query = useList<AvailableNumber>(
    path,
    "available_phone_numbers",
    { ...given, PageSize: 30 },
    { live: ["phone-number."] },
  );
  const navigate = useNavigate();
  const buy = useMutation({
    mutationFn: (PhoneNumber: string) =>
      request<PhoneNumber>({ method: "POST", path: api(account, "/IncomingPhoneNumbers"), params: { PhoneNumber } }),
    onSuccess: ({ sid }) => navigate(`/numbers/${sid}`),
  });
  const columns = columnsFor(buy.isPending ? buy.variables : null, (number) => buy.mutate(number));
  return (
    <>
      <Head
        title="Buy a number"
        about="The inventory is simulated, so nothing is paid. Any number that nobody owns here can be bought."
        back={{ to: "/numbers", label: "Phone numbers" }}
        actions={
          <>
            <BuyThis buy={(number) => buy.mutate(number)} isBusy={buy.isPending} />
            <CopyAs call={{ method: "GET", path, params: given }} />
          </>
        }
      />
      <ErrorNote error={buy.error} />
      <Panel flush>
        <div className="filters" role="search" aria-label="Search the inventory">
          <Select
            size="xs"
            label="Country"
            searchable
            allowDeselect={false}
            data={
              countries.data?.items.map(({ country_code, country }) => ({ value: country_code, label: country })) ?? []
            }
            value={code}
            onChange={(Country) => change({ Country: Country ?? "", Kind: "" })}
          />
          <Select
            size="xs"
            label="Kind"
            allowDeselect={false}
            data={kinds.map((one) => ({ value: one, label: KINDS[one]?.[1] ?? one }))}
            value={kind}
            onChange={(Kind) => change({ Kind: Kind ?? "" })}
          />
          <FilterText label="Area code" value={filters.AreaCode} change={(AreaCode) => change({ AreaCode })} />
          <FilterText
            label="Contains"
            placeholder="555, CAFE, 4**1"
            value={filters.Contains}
            change={(Contains) => change({ Contains })}
          />
          <FilterText label="City" value={filters.InLocality} change={(InLocality) => change({ InLocality })} />
          <FilterText
            label="State"
            placeholder="CA"
            value={filters.InRegion}
            change={(InRegion) => change({ InRegion })}
          />
          <div className="row needs" role="group" aria-label="Must be able to do">
            {NEEDS.map(([name, label]) => (
              <Checkbox
                key={name}
                size="xs"
                label={label}
                checked={filters[name] === "true"}
                onChange={(event) => change({ [name]: event.currentTarget.checked ? "true" : "" })}
              />
            ))}
          </div>
        </div>
        <Listing
          label="Numbers that can be bought"
          query={query}
          columns={columns}
          id={({ phone_number }) => phone_number}
          empty={
            <Empty icon={<IconSearchOff size={32} />} title="No number fits">
              Ask for less: a shorter pattern, another area code, or no city.
            </Empty>
          }
        />
      </Panel>
    </>
  );
}

/** For a number that is known already. */
function BuyThis({ buy, isBusy }: { buy: (number: string) => void; isBusy: boolean }) {
  const [typed, setTyped] = useState("");
  const number = addressTyped(typed);
  return (
    <form
      className="row"
      onSubmit={(event) => {
        event.preventDefault();
        buy(number);
      }}
    >
      <TextInput
        size="xs"
        aria-label="A number that you know"
        placeholder="Or one that you know: +1…"
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Button
        type="submit"
        size="xs"
        variant="default"
        disabled={!number.startsWith("+") || !isAddress(number)}
        loading={isBusy}
      >
        Buy it
      </Button>
    </form>
  );
}

function columnsFor(buying: string | null | undefined, buy: (number: string) => void): Column<AvailableNumber>[] {
  return [
    {
      name: "Number",
      show: ({ phone_number, friendly_name }) => (
        <span className="number" title={phone_number}>
          {friendly_name}
        </span>
      ),
    },
    {
      name: "Place",
      show: ({ locality, region }) => [locality, region].filter(Boolean).join(", ") || <span className="dim">–</span>,
      kind: "wide",
    },
    { name: "Can do", show: ({ capabilities }) => <Abilities of={capabilities} />, kind: "narrow" },
    {
      name: "Buy",
      kind: "right",
      show: ({ phone_number }) => (
        <Button
          size="compact-sm"
          variant="light"
          loading={buying === phone_number}
          disabled={!!buying}
          aria-label={`Buy ${phone_number}`}
          onClick={() => buy(phone_number)}
        >
          Buy
        </Button>
      ),
    },
  ];
}
