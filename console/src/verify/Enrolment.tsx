// Giving somebody an authenticator app: a picture to scan, and the first code, which shows that it was scanned.

import { Button, TextInput } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { request } from "../api/request";
import { type Factor, factorsOf, type NewFactor, qrCode } from "../api/verify";
import { CopyAs } from "../parts/CopyAs";
import { CopyButton } from "../parts/CopyButton";
import { ErrorNote } from "../parts/ErrorNote";
import { Panel } from "../parts/Layout";
import { Sid } from "../parts/Sid";
import { identityProblem, newIdentity } from "./names";

export function Enrolment({ service }: { service: string }) {
  const [factor, setFactor] = useState<NewFactor | null>(null);
  return (
    <Panel title="Enrol an authenticator app">
      {factor ? (
        <Scanning key={factor.sid} factor={factor} again={() => setFactor(null)} />
      ) : (
        <NewFactorForm service={service} done={setFactor} />
      )}
    </Panel>
  );
}

function NewFactorForm({ service, done }: { service: string; done: (factor: NewFactor) => void }) {
  const [identity, setIdentity] = useState(newIdentity);
  const [FriendlyName, setName] = useState("");
  const problem = identityProblem(identity);
  const call = {
    method: "POST" as const,
    path: factorsOf(service, identity),
    params: { FriendlyName, FactorType: "totp" },
  };
  const make = useMutation({ mutationFn: () => request<NewFactor>(call), onSuccess: done });
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        make.mutate();
      }}
    >
      <TextInput
        label="Identity"
        description="Whose app it is: what your app calls its user, such as a UUID"
        value={identity}
        error={problem}
        spellCheck={false}
        autoCapitalize="off"
        onChange={(event) => setIdentity(event.currentTarget.value.trim())}
      />
      <TextInput
        label="Name in the app"
        placeholder="owl@example.com"
        value={FriendlyName}
        maxLength={64}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <ErrorNote error={make.error} />
      <div className="row spread">
        <CopyAs call={call} />
        <Button type="submit" loading={make.isPending} disabled={!FriendlyName || !identity || !!problem}>
          Make a factor
        </Button>
      </div>
    </form>
  );
}

function Scanning({ factor, again }: { factor: NewFactor; again: () => void }) {
  const [AuthPayload, setCode] = useState("");
  const path = `${factorsOf(factor.service_sid, factor.identity)}/${factor.sid}`;
  const call = { method: "POST" as const, path, params: { AuthPayload } };
  const verify = useMutation({ mutationFn: () => request<Factor>(call) });
  if (verify.data?.status === "verified") return <Enrolled factor={factor} again={again} />;
  return (
    <div className="enrolment">
      <img src={qrCode(factor.sid)} alt={`QR code of ${factor.friendly_name}`} className="qr-code" />
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          verify.mutate();
        }}
      >
        <p>
          Scan it with an authenticator app, or type the secret into one. Neither is shown again for{" "}
          <strong>{factor.friendly_name}</strong>.
        </p>
        <Secret label="Secret" text={factor.binding.secret} />
        <Secret label="Address" text={factor.binding.uri} />
        <TextInput
          label="Code"
          description="What the app shows now"
          value={AuthPayload}
          inputMode="numeric"
          autoComplete="one-time-code"
          onChange={(event) => setCode(event.currentTarget.value.replace(/\s/g, ""))}
          error={verify.data ? "That is not the code. It may have changed just now." : null}
        />
        <ErrorNote error={verify.error} />
        <div className="row spread wrap">
          <CopyAs call={call} />
          <div className="row">
            <Button variant="default" onClick={again}>
              Another
            </Button>
            <Button type="submit" loading={verify.isPending} disabled={!/^\d{3,8}$/.test(AuthPayload)}>
              Verify
            </Button>
          </div>
        </div>
      </form>
    </div>
  );
}

function Secret({ label, text }: { label: string; text: string }) {
  return (
    <div>
      <h3>{label}</h3>
      <span className="sid">
        <code>{text}</code>
        <CopyButton text={text} label={`Copy the ${label.toLowerCase()}`} />
      </span>
    </div>
  );
}

function Enrolled({ factor, again }: { factor: NewFactor; again: () => void }) {
  return (
    <div className="stack" role="status">
      <p className="status good row tight">
        <IconCircleCheck size={18} aria-hidden /> &nbsp;{factor.friendly_name} is verified
      </p>
      <p className="hint">
        From now on your app asks for its codes with challenges of <code>{factor.identity}</code>.
      </p>
      <Sid sid={factor.sid} />
      <div>
        <Button size="xs" variant="default" onClick={again}>
          Another
        </Button>
      </div>
    </div>
  );
}
