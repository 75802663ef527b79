// What is known of a number. What was asked for stands in the address, to be shared and gone back to.

import { Button, Chip, TextInput } from "@mantine/core";
import { IconListSearch } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { lookedUp, type LookedUp } from "../api/lookup";
import { request } from "../api/request";
import { Answer } from "../lookup/Answer";
import { GIVEN, NAMES, PACKAGES, type Package } from "../lookup/packages";
import { CopyAs } from "../parts/CopyAs";
import { ErrorNote } from "../parts/ErrorNote";
import { Empty, Head, Panel } from "../parts/Layout";

const NUMBER = "number"; // in the address; beside it stand the parameters of the API

export default function Lookup() {
  const [query, setQuery] = useSearchParams();
  const { [NUMBER]: number = "", ...params } = Object.fromEntries(query);
  const call = { method: "GET" as const, path: lookedUp(number), params };
  const { data, error, isFetching } = useQuery({
    queryKey: [call.path, params],
    enabled: !!number,
    retry: false,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => request<LookedUp>(call, signal),
  });
  return (
    <>
      <Head
        title="Lookup"
        about="What a number is, and what is known of its line."
        actions={number && <CopyAs call={call} />}
      />
      <Form key={query.toString()} number={number} params={params} isBusy={isFetching} look={setQuery} />
      <ErrorNote error={error} />
      {number && data && !error && <Answer answer={data} />}
      {!number && (
        <Panel flush>
          <Empty icon={<IconListSearch size={32} />} title="Which number?">
            What the numbering plan says is always known; the rest is what the phone&rsquo;s line was given.
          </Empty>
        </Panel>
      )}
    </>
  );
}

interface FormProps {
  number: string;
  params: Record<string, string>;
  isBusy: boolean;
  look: (query: Record<string, string>) => void;
}

function Form({ number, params, isBusy, look }: FormProps) {
  const [draft, setDraft] = useState<Record<string, string>>({ ...params, [NUMBER]: number });
  const change = (changes: Record<string, string>) => setDraft((known) => ({ ...known, ...changes }));
  const chosen = (draft.Fields ?? "").split(",").filter(Boolean) as Package[];
  return (
    <Panel>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          look(meant(draft, chosen));
        }}
      >
        <div className="looked-for">
          <Typed label="Number" name={NUMBER} placeholder="+1 415 555 0100" draft={draft} change={change} />
          <Typed label="Country, if it is national" name="CountryCode" placeholder="US" draft={draft} change={change} />
        </div>
        <fieldset className="chips">
          <legend>Packages</legend>
          <Chip.Group multiple value={chosen} onChange={(names) => change({ Fields: names.join(",") })}>
            {NAMES.map((name) => (
              <Chip key={name} value={name} size="sm">
                {PACKAGES[name]}
              </Chip>
            ))}
          </Chip.Group>
        </fieldset>
        {chosen.map((name) => GIVEN[name] && <Given key={name} of={name} draft={draft} change={change} />)}
        <div>
          <Button type="submit" loading={isBusy} disabled={!draft[NUMBER]?.trim()}>
            Look it up
          </Button>
        </div>
      </form>
    </Panel>
  );
}

interface DraftProps {
  draft: Record<string, string>;
  change: (changes: Record<string, string>) => void;
}

/** What is to be given for a package. */
function Given({ of, ...rest }: DraftProps & { of: Package }) {
  return (
    <fieldset className="given">
      <legend>{PACKAGES[of]}: compared with</legend>
      {GIVEN[of]?.map(([name, label]) => (
        <Typed key={name} label={label} name={name} {...rest} />
      ))}
    </fieldset>
  );
}

interface TypedProps extends DraftProps {
  label: string;
  name: string;
  placeholder?: string;
}

function Typed({ label, name, placeholder = "", draft, change }: TypedProps) {
  return (
    <TextInput
      label={label}
      placeholder={placeholder}
      value={draft[name] ?? ""}
      spellCheck={false}
      autoComplete="off"
      onChange={(event) => change({ [name]: event.currentTarget.value })}
    />
  );
}

/** What is asked for: without what was left empty, or belongs to a package that is not wanted. */
function meant(draft: Record<string, string>, chosen: Package[]): Record<string, string> {
  const given = chosen.flatMap((name) => GIVEN[name]?.map(([parameter]) => parameter) ?? []);
  const wanted = new Set([NUMBER, "CountryCode", "Fields", ...given]);
  const typed = Object.entries(draft).map(([name, text]) => [name, text.trim()] as const);
  return Object.fromEntries(typed.filter(([name, text]) => text && wanted.has(name)));
}
