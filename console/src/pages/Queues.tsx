// The queues of the account, newest first.

import { Button, Modal, NumberInput, TextInput } from "@mantine/core";
import { IconPlus, IconUsers } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { useAccount } from "../api/account";
import { atSpot } from "../api/pages";
import { useList } from "../api/queries";
import { request } from "../api/request";
import { api } from "../api/resources";
import type { Queue } from "../api/voice";
import { useFilters } from "../filters/useFilters";
import { CopyAs } from "../parts/CopyAs";
import { seconds } from "../parts/dates";
import { ErrorNote } from "../parts/ErrorNote";
import { Empty, Head, Panel } from "../parts/Layout";
import { type Column, Listing } from "../parts/Listing";
import { nameProblem } from "../parts/validation";
import { When } from "../parts/When";

const COLUMNS: Column<Queue>[] = [
  { name: "Name", show: ({ friendly_name }) => friendly_name, kind: "wide" },
  { name: "Waiting", show: ({ current_size }) => <span className="number">{current_size}</span>, kind: "right" },
  {
    name: "On average",
    show: ({ average_wait_time }) => <span className="number">{seconds(average_wait_time)}</span>,
    kind: "right narrow",
  },
  { name: "Most", show: ({ max_size }) => <span className="number">{max_size}</span>, kind: "right narrow" },
  { name: "Made", show: ({ date_created }) => <When date={date_created} />, kind: "narrow" },
];

export default function Queues() {
  const path = api(useAccount(), "/Queues");
  const { spot, turnTo } = useFilters();
  const query = useList<Queue>(path, "queues", atSpot(spot), { live: ["queue."] });
  const [isMaking, setMaking] = useState(false);
  const make = (
    <Button size="xs" leftSection={<IconPlus size={15} />} onClick={() => setMaking(true)}>
      New queue
    </Button>
  );
  return (
    <>
      <Head
        title="Queues"
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
        title="New queue"
        closeButtonProps={{ "aria-label": "Close" }}
      >
        <Form path={path} />
      </Modal>
      <Panel flush>
        <Listing
          label="Queues"
          query={query}
          columns={COLUMNS}
          id={({ sid }) => sid}
          to={({ sid }) => `/queues/${sid}`}
          turnTo={turnTo}
          empty={
            <Empty icon={<IconUsers size={32} />} title="No queues yet" action={make}>
              <code>&lt;Enqueue&gt;</code> makes the queue that it names, if there is none.
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
  const [MaxSize, setSize] = useState(1000);
  const call = { method: "POST" as const, path, params: { FriendlyName, MaxSize } };
  const make = useMutation({
    mutationFn: () => request<Queue>(call),
    onSuccess: ({ sid }) => navigate(`/queues/${sid}`),
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
      <NumberInput
        label="Most callers"
        min={1}
        max={5000}
        allowDecimal={false}
        value={MaxSize}
        onChange={(value) => setSize(Number(value) || 1)}
      />
      <ErrorNote error={make.error} />
      <div className="row spread">
        <CopyAs call={call} />
        <Button type="submit" loading={make.isPending} disabled={!FriendlyName}>
          Make it
        </Button>
      </div>
    </form>
  );
}
