// The numbers of the account.

import { Button } from "@mantine/core";
import { IconHash, IconPlus } from "@tabler/icons-react";
import { Link } from "react-router";
import { useAccount } from "../api/account";
import { atSpot } from "../api/pages";
import { useList } from "../api/queries";
import { api, type PhoneNumber } from "../api/resources";
import { asked } from "../filters/filters";
import { useFilters } from "../filters/useFilters";
import { Abilities } from "../parts/Abilities";
import { CopyAs } from "../parts/CopyAs";
import { FilterText } from "../parts/FilterText";
import { Empty, Head, Panel } from "../parts/Layout";
import { type Column, Listing } from "../parts/Listing";
import { spaced } from "../parts/phoneNumbers";

const COLUMNS: Column<PhoneNumber>[] = [
  { name: "Number", show: ({ phone_number }) => <span className="number">{spaced(phone_number)}</span> },
  { name: "Name", show: ({ friendly_name }) => friendly_name, kind: "narrow" },
  { name: "A message comes in", show: asks, kind: "wide" },
  { name: "Can do", show: ({ capabilities }) => <Abilities of={capabilities} />, kind: "narrow" },
];

function asks({ sms_url, sms_method, sms_application_sid }: PhoneNumber) {
  if (sms_application_sid) return <code>{sms_application_sid}</code>;
  if (!sms_url) return <span className="dim">asks nobody yet</span>;
  return (
    <>
      <span className="method">{sms_method}</span> <code>{sms_url}</code>
    </>
  );
}

export default function PhoneNumbers() {
  const account = useAccount();
  const { filters, change, isFiltered, spot, turnTo } = useFilters("PhoneNumber", "FriendlyName");
  const path = api(account, "/IncomingPhoneNumbers");
  const query = useList<PhoneNumber>(
    path,
    "incoming_phone_numbers",
    { ...asked(filters), ...atSpot(spot) },
    { live: ["phone-number."] },
  );
  const buy = (
    <Button component={Link} to="/numbers/buy" size="xs" leftSection={<IconPlus size={15} />}>
      Buy a number
    </Button>
  );
  return (
    <>
      <Head
        title="Phone numbers"
        actions={
          <>
            <CopyAs call={{ method: "GET", path, params: asked(filters) }} />
            {buy}
          </>
        }
      />
      <Panel flush>
        <div className="filters" role="search" aria-label="Filter phone numbers">
          <FilterText
            label="Number"
            placeholder="415, or *0100"
            value={filters.PhoneNumber}
            change={(PhoneNumber) => change({ PhoneNumber })}
          />
          <FilterText label="Name" value={filters.FriendlyName} change={(FriendlyName) => change({ FriendlyName })} />
        </div>
        <Listing
          label="Phone numbers"
          query={query}
          columns={COLUMNS}
          id={({ sid }) => sid}
          to={({ sid }) => `/numbers/${sid}`}
          turnTo={turnTo}
          empty={
            isFiltered ? (
              <Empty icon={<IconHash size={32} />} title="No number fits" />
            ) : (
              <Empty icon={<IconHash size={32} />} title="No phone numbers yet" action={buy}>
                A number is where people reach your app. Buying one here costs nothing; then say which URL answers when
                a message comes in.
              </Empty>
            )
          }
        />
      </Panel>
    </>
  );
}
