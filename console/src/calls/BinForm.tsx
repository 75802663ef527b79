import { Button, Textarea, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { request } from "../api/request";
import type { TwimlBin } from "../api/voice";
import { CopyAs } from "../parts/CopyAs";
import { ErrorNote } from "../parts/ErrorNote";
import { nameProblem } from "../parts/validation";

const FIRST = "<Response>\n  <Say>Hello {{From}}.</Say>\n</Response>";

interface Props {
  path: string;
  label: string;
  bin?: TwimlBin;
  done: (bin: TwimlBin) => unknown;
}

/** A bin's name and document; without `bin` it is a new one. */
export function BinForm({ path, label, bin, done }: Props) {
  const [FriendlyName, setName] = useState(bin?.friendly_name ?? "");
  const [Twiml, setTwiml] = useState(bin?.twiml ?? FIRST);
  const call = { method: "POST" as const, path, params: { FriendlyName, Twiml } };
  const save = useMutation({ mutationFn: () => request<TwimlBin>(call), onSuccess: done });
  const isSaved = save.isSuccess && save.data.twiml === Twiml && save.data.friendly_name === FriendlyName;
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <TextInput
        label="Name"
        value={FriendlyName}
        error={nameProblem(FriendlyName)}
        onChange={(event) => setName(event.currentTarget.value)}
        data-autofocus
      />
      <Textarea
        label="TwiML"
        description="{{From}} and other parameters of the request are filled in."
        autosize
        minRows={6}
        maxRows={24}
        spellCheck={false}
        classNames={{ input: "typed-code" }}
        value={Twiml}
        onChange={(event) => setTwiml(event.currentTarget.value)}
      />
      <ErrorNote error={save.error} />
      <div className="row spread">
        <CopyAs call={call} />
        <span className="row">
          <span role="status" className="status good" hidden={!isSaved}>
            Saved
          </span>
          <Button type="submit" loading={save.isPending} disabled={nameProblem(FriendlyName) !== null}>
            {label}
          </Button>
        </span>
      </div>
    </form>
  );
}
