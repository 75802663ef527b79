// A dialog that asks for the URL of a document and does something with it: announce it, hand somebody over to it.

import { Button, Modal, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { type Call, request } from "../api/request";
import { CopyAs } from "../parts/CopyAs";
import { ErrorNote } from "../parts/ErrorNote";
import { urlProblem } from "../parts/validation";

interface Props {
  label: string;
  title: string;
  about: string;
  icon?: ReactNode;
  isSmall?: boolean;
  /** The call of the API that does it. */
  call: (url: string) => Call;
  done?: () => unknown;
}

export function UrlDialog({ label, title, icon, isSmall = false, ...rest }: Props) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        size={isSmall ? "compact-xs" : "xs"}
        variant="default"
        leftSection={icon}
        onClick={() => setOpen(true)}
      >
        {label}
      </Button>
      <Modal
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={title}
        closeButtonProps={{ "aria-label": "Close" }}
      >
        <Form label={label} {...rest} close={() => setOpen(false)} />
      </Modal>
    </>
  );
}

type FormProps = Pick<Props, "label" | "about" | "call" | "done"> & { close: () => void };

function Form({ label, about, call, done, close }: FormProps) {
  const [url, setUrl] = useState("");
  const problem = urlProblem(url);
  const act = useMutation({
    mutationFn: () => request(call(url)),
    onSuccess: () => {
      close();
      return done?.();
    },
  });
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        act.mutate();
      }}
    >
      <p className="hint">{about}</p>
      <TextInput
        label="URL"
        placeholder="https://…"
        value={url}
        error={problem}
        onChange={(event) => setUrl(event.currentTarget.value.trim())}
        data-autofocus
      />
      <ErrorNote error={act.error} />
      <div className="row spread">
        <CopyAs call={call(url)} />
        <Button type="submit" size="sm" loading={act.isPending} disabled={!url || problem !== null}>
          {label}
        </Button>
      </div>
    </form>
  );
}
