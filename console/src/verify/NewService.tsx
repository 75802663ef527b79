// Making a service: the name that its codes are sent with, and how long they are.

import { Button, NumberInput, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { request } from "../api/request";
import { VERIFY_SERVICES, type VerifyService } from "../api/verify";
import { CopyAs } from "../parts/CopyAs";
import { ErrorNote } from "../parts/ErrorNote";
import { CODE_LENGTHS, serviceNameProblem } from "./names";

export function NewService() {
  const navigate = useNavigate();
  const [FriendlyName, setName] = useState("");
  const [CodeLength, setLength] = useState(6);
  const call = { method: "POST" as const, path: VERIFY_SERVICES, params: { FriendlyName, CodeLength } };
  const make = useMutation({
    mutationFn: () => request<VerifyService>(call),
    onSuccess: ({ sid }) => navigate(`/verify/${sid}`),
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
        description="Each message begins with it: “Your Owl Bank verification code is …”"
        value={FriendlyName}
        error={serviceNameProblem(FriendlyName)}
        onChange={(event) => setName(event.currentTarget.value)}
        data-autofocus
      />
      <NumberInput
        label="Digits of a code"
        {...CODE_LENGTHS}
        allowDecimal={false}
        value={CodeLength}
        onChange={(value) => setLength(Number(value) || CODE_LENGTHS.min)}
      />
      <ErrorNote error={make.error} />
      <div className="row spread">
        <CopyAs call={call} />
        <Button type="submit" loading={make.isPending} disabled={!FriendlyName || !!serviceNameProblem(FriendlyName)}>
          Make it
        </Button>
      </div>
    </form>
  );
}
