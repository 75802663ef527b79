// Applications: webhooks under one SID, for any number of phone numbers.

import { Button, Modal, TextInput } from "@mantine/core";
import { IconApps, IconPlus } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { useAccount } from "../api/account";
import { atSpot } from "../api/pages";
import { useList } from "../api/queries";
import { request } from "../api/request";
import { api, type Application } from "../api/resources";
import { useFilters } from "../filters/useFilters";
import { CopyAs } from "../parts/CopyAs";
import { ErrorNote } from "../parts/ErrorNote";
import { Empty, Head, Panel } from "../parts/Layout";
import { type Column, Listing } from "../parts/Listing";
import { nameProblem } from "../parts/validation";
import { When } from "../parts/When";

const COLUMNS: Column<Application>[] = [
  { name: "Name", show: ({ friendly_name, sid }) => friendly_name || sid },
  {
    name: "A message comes in",
    show: ({ sms_url }) => (sms_url ? <code>{sms_url}</code> : <span className="dim">asks nobody yet</span>),
    kind: "wide",
  },
  { name: "Made", show: ({ date_created }) => <When date={date_created} />, kind: "narrow" },
];

export default function Applications() {
  const path = api(useAccount(), "/Applications");
  const { spot, turnTo } = useFilters();
  const query = useList<Application>(path, "applications", atSpot(spot), { live: ["application."] });
  const [isMaking, setMaking] = useState(false);
  const make = (
    <Button size="xs" leftSection={<IconPlus size={15} />} onClick={() => setMaking(true)}>
      New application
    </Button>
  );
  return (
    <>
      <Head
        title="Applications"
        about="Webhooks under one SID, for any number of phone numbers: change them here, and all those numbers follow."
        actions={
          <>
            <CopyAs call={{ method: "GET", path }} />
            {make}
          </>
        }
      />
      <Modal
        opened={isMaking}
        onClose={() => setMaking(false)}
        title="New application"
        closeButtonProps={{ "aria-label": "Close" }}
      >
        <Form path={path} />
      </Modal>
      <Panel flush>
        <Listing
          label="Applications"
          query={query}
          columns={COLUMNS}
          id={({ sid }) => sid}
          to={({ sid }) => `/applications/${sid}`}
          turnTo={turnTo}
          empty={
            <Empty icon={<IconApps size={32} />} title="No applications yet" action={make}>
              A number can have webhooks of its own, so you may not need one.
            </Empty>
          }
        />
      </Panel>
    </>
  );
}

function Form({ path }: { path: string }) {
  const navigate = useNavigate();
  const [FriendlyName, setName] = useState("");
  const call = { method: "POST" as const, path, params: { FriendlyName } };
  const make = useMutation({
    mutationFn: () => request<Application>(call),
    onSuccess: ({ sid }) => navigate(`/applications/${sid}`),
  });
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        make.mutate();
      }}
    >
      <TextInput
        label="Name"
        value={FriendlyName}
        error={nameProblem(FriendlyName)}
        onChange={(event) => setName(event.currentTarget.value)}
        data-autofocus
      />
      <ErrorNote error={make.error} />
      <div className="row spread">
        <CopyAs call={call} />
        <Button type="submit" loading={make.isPending}>
          Make it
        </Button>
      </div>
    </form>
  );
}
