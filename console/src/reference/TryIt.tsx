// An operation with its parameters, to be tried with the credentials of whoever is signed in.

import { Button, Select, Textarea, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useAccount } from "../api/account";
import { type Call, send } from "../api/request";
import { CopyAs } from "../parts/CopyAs";
import { duration } from "../parts/dates";
import { CopyButton } from "../parts/CopyButton";
import { ErrorNote, Explained } from "../parts/ErrorNote";
import { Panel } from "../parts/Layout";
import { HttpStatus } from "../parts/Status";
import { Words } from "../parts/Words";
import { filledPath, missing, type Operation, type Parameter, paramsOf, type Schema } from "./operations";

const STREAM = "GET /offhook/v1/Events";

export function TryIt({ operation }: { operation: Operation }) {
  const account = useAccount();
  const [values, setValues] = useState<Record<string, string>>({ account_sid: account });
  const call: Call = {
    method: operation.method,
    path: filledPath(operation.path, values),
    params: paramsOf(operation, values),
  };
  const attempt = useMutation({ mutationFn: () => tried(call) });
  const lacking = missing(operation, values);
  const [first, others] = inTwo(operation.parameters);
  const set = (name: string, value: string) => setValues((old) => ({ ...old, [name]: value }));
  const field = (parameter: Parameter) => (
    <Field
      key={`${parameter.place} ${parameter.name}`}
      parameter={parameter}
      value={values[parameter.name] ?? ""}
      change={(value) => set(parameter.name, value)}
    />
  );
  return (
    <Panel>
      <div className="operation-head">
        <p className="operation-line">
          <span className="method">{operation.method}</span> <code>{operation.path}</code>
        </p>
        <h2>
          <Words text={operation.summary} />
        </h2>
        {operation.description && (
          <p className="hint paragraphs">
            <Words text={operation.description} />
          </p>
        )}
      </div>
      {operation.id === STREAM ? (
        <p className="hint">
          This answer never ends; <code>curl -N</code> shows it as it comes. <CopyAs call={call} />
        </p>
      ) : (
        <form
          className="form"
          onSubmit={(event) => {
            event.preventDefault();
            attempt.mutate();
          }}
        >
          {first.map(field)}
          {others.length > 0 && (
            <details>
              <summary>
                {others.length} more {others.length === 1 ? "parameter" : "parameters"}
              </summary>
              <div className="form folded">{others.map(field)}</div>
            </details>
          )}
          <div className="row wrap">
            <Button type="submit" loading={attempt.isPending} disabled={lacking.length > 0}>
              Try it
            </Button>
            <CopyAs call={call} />
            {lacking.length > 0 && <span className="hint">Wanted: {lacking.join(", ")}</span>}
          </div>
        </form>
      )}
      <ErrorNote error={attempt.error} />
      {attempt.data && <Answered answer={attempt.data} />}
    </Panel>
  );
}

const MOST = 5; // parameters that are shown at once

/** What must be given, and as many others as fit; the rest is folded. */
function inTwo(parameters: Parameter[]): [Parameter[], Parameter[]] {
  const ordered = [...parameters].sort((one, other) => Number(other.isRequired) - Number(one.isRequired));
  const shown = Math.max(MOST, parameters.filter(({ isRequired }) => isRequired).length);
  return [ordered.slice(0, shown), ordered.slice(shown)];
}

interface Answer {
  status: number;
  text: string;
  took: number;
  code: number | null;
}

async function tried(call: Call): Promise<Answer> {
  const start = performance.now();
  const response = await send(call);
  const text = await response.text();
  const took = performance.now() - start;
  const json = parsed(text);
  const code = response.ok ? null : ((json as { code?: number } | null)?.code ?? null);
  return { status: response.status, text: json === null ? text : JSON.stringify(json, null, 2), took, code };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // an answer without a body, or a file
  }
}

function Answered({ answer }: { answer: Answer }) {
  return (
    <section className="side" aria-label="Answer" role="status">
      <p className="row">
        <HttpStatus status={answer.status} /> <span className="dim">{duration(answer.took)}</span>
      </p>
      {answer.text && (
        <div className="body">
          <pre className="code" tabIndex={0} aria-label="Answer body">
            {answer.text}
          </pre>
          <CopyButton text={answer.text} label="Copy answer body" />
        </div>
      )}
      {answer.code !== null && <Explained code={answer.code} />}
    </section>
  );
}

function Field({ parameter, value, change }: { parameter: Parameter; value: string; change: (value: string) => void }) {
  const { name, isRequired, schema } = parameter;
  const shared = { label: name, required: isRequired, description: kindOf(parameter), size: "xs" as const };
  const choices = schema.enum ?? (schema.type === "boolean" ? ["true", "false"] : null);
  if (choices) {
    return (
      <Select
        {...shared}
        data={choices}
        value={value || null}
        clearable
        clearButtonProps={{ "aria-label": `No ${name}` }}
        onChange={(chosen) => change(chosen ?? "")}
      />
    );
  }
  if (schema.type === "array") {
    return (
      <Textarea
        {...shared}
        autosize
        minRows={1}
        value={value}
        onChange={(event) => change(event.currentTarget.value)}
      />
    );
  }
  return <TextInput {...shared} value={value} onChange={(event) => change(event.currentTarget.value)} />;
}

function kindOf({ place, schema }: Parameter): string {
  const kind =
    schema.type === "array" ? `list of ${schema.items?.type ?? "string"}, one a line` : (schema.type ?? "string");
  return [place === "path" ? "part of the path" : kind, bounds(schema)].filter(Boolean).join(", ");
}

function bounds({ minimum, maximum, default: usual }: Schema): string {
  const range = maximum !== undefined ? `${minimum ?? "…"} to ${maximum}` : "";
  return [range, usual !== undefined ? `${String(usual)} if not given` : ""].filter(Boolean).join(", ");
}
