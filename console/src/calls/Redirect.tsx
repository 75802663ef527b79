// Letting a call that is under way do something else.

import { Button, Modal } from "@mantine/core";
import { IconArrowsShuffle } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { request } from "../api/request";
import type { Call } from "../api/voice";
import { CopyAs } from "../parts/CopyAs";
import { ErrorNote } from "../parts/ErrorNote";
import { GREETING, Instructions, isOrdered, ordered } from "./Instructions";

export function Redirect({ path, isPossible }: { path: string; isPossible: boolean }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconArrowsShuffle size={15} />}
        disabled={!isPossible}
        onClick={() => setOpen(true)}
      >
        Redirect
      </Button>
      <Modal
        opened={isOpen}
        onClose={() => setOpen(false)}
        title="Let the call do something else"
        closeButtonProps={{ "aria-label": "Close" }}
      >
        <Form path={path} close={() => setOpen(false)} />
      </Modal>
    </>
  );
}

function Form({ path, close }: { path: string; close: () => void }) {
  const [orders, setOrders] = useState(GREETING);
  const call = { method: "POST" as const, path, params: ordered(orders) };
  const redirect = useMutation({ mutationFn: () => request<Call>(call), onSuccess: close });
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        redirect.mutate();
      }}
    >
      <p className="hint">What it does now is given up, and this is carried out instead.</p>
      <Instructions orders={orders} change={setOrders} />
      <ErrorNote error={redirect.error} />
      <div className="row spread">
        <CopyAs call={call} />
        <Button type="submit" size="sm" loading={redirect.isPending} disabled={!isOrdered(orders)}>
          Redirect
        </Button>
      </div>
    </form>
  );
}
