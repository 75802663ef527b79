// Verify: the services of the account, how many codes came back, and what looks like fraud.

import { IconPlus, IconShieldCheck } from "@tabler/icons-react";
import { atSpot } from "../api/pages";
import { useList } from "../api/queries";
import { VERIFY_SERVICES, type VerifyService } from "../api/verify";
import { useFilters } from "../filters/useFilters";
import { CopyAs } from "../parts/CopyAs";
import { Dialog } from "../parts/Dialog";
import { Empty, Head, Panel } from "../parts/Layout";
import { type Column, Listing } from "../parts/Listing";
import { When } from "../parts/When";
import { Blocks } from "../verify/Blocks";
import { Conversion } from "../verify/Conversion";
import { NewService } from "../verify/NewService";

const COLUMNS: Column<VerifyService>[] = [
  { name: "Name", show: ({ friendly_name }) => friendly_name, kind: "wide" },
  { name: "Digits", show: ({ code_length }) => <span className="number">{code_length}</span>, kind: "right" },
  { name: "Made", show: ({ date_created }) => <When date={date_created} />, kind: "right narrow" },
];

export default function Verify() {
  const { spot, turnTo } = useFilters();
  const query = useList<VerifyService>(VERIFY_SERVICES, "services", atSpot(spot));
  const make = (
    <Dialog label="New service" tone="first" icon={<IconPlus size={15} />}>
      {() => <NewService />}
    </Dialog>
  );
  return (
    <>
      <Head
        title="Verify"
        about="Codes by text, call and email, and authenticator apps. A service says how they are made."
        actions={
          <>
            <CopyAs call={{ method: "GET", path: VERIFY_SERVICES }} />
            {make}
          </>
        }
      />
      <Panel title="Services" flush>
        <Listing
          label="Services"
          query={query}
          columns={COLUMNS}
          id={({ sid }) => sid}
          to={({ sid }) => `/verify/${sid}`}
          turnTo={turnTo}
          empty={
            <Empty icon={<IconShieldCheck size={32} />} title="No services yet">
              An app that verifies somebody names a service: make one, and send yourself a code.
            </Empty>
          }
        />
      </Panel>
      <Conversion />
      <Blocks />
    </>
  );
}
