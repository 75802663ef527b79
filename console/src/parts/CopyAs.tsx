// The same call of the API, to take away: as curl, Python or Node.

import { ActionIcon, Button, Popover, SegmentedControl } from "@mantine/core";
import { IconCode } from "@tabler/icons-react";
import { useState } from "react";
import type { Call } from "../api/request";
import { useSession } from "../api/session";
import { curl } from "../copying/curl";
import { node } from "../copying/node";
import { python } from "../copying/python";
import { CopyButton } from "./CopyButton";

const LANGUAGES = ["curl", "Python", "Node"] as const;
type Language = (typeof LANGUAGES)[number];
const KEPT = "offhook-copy-as";

function remembered(): Language {
  const kept = localStorage.getItem(KEPT);
  return LANGUAGES.find((one) => one === kept) ?? "curl";
}

const LABEL = "Copy as curl, Python or Node";

export function CopyAs({ call, isSmall = false }: { call: Call; isSmall?: boolean }) {
  return (
    <Popover position="bottom-end" width="min(34rem, 94vw)" shadow="md" trapFocus returnFocus withinPortal>
      <Popover.Target>
        {isSmall ? (
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={LABEL} title={LABEL}>
            <IconCode size={18} />
          </ActionIcon>
        ) : (
          <Button variant="default" size="xs" leftSection={<IconCode size={14} />} aria-label={LABEL}>
            Copy as
          </Button>
        )}
      </Popover.Target>
      <Popover.Dropdown>
        <Snippet call={call} />
      </Popover.Dropdown>
    </Popover>
  );
}

function Snippet({ call }: { call: Call }) {
  const { origin, account_sid } = useSession();
  const [language, setLanguage] = useState(remembered);
  const written = {
    curl: () => curl(call, origin),
    Python: () => python(call, origin, account_sid),
    Node: () => node(call, origin, account_sid),
  };
  const text = written[language]();
  const choose = (chosen: string) => {
    localStorage.setItem(KEPT, chosen);
    setLanguage(chosen as Language);
  };
  return (
    <div className="snippet">
      <div className="row spread">
        <SegmentedControl size="xs" data={[...LANGUAGES]} value={language} onChange={choose} aria-label="Language" />
        <CopyButton text={text} label={`Copy ${language}`} />
      </div>
      <pre className="code" tabIndex={0} aria-label={`The call as ${language}`}>
        {text}
      </pre>
      {language === "curl" && (
        <p className="hint">
          <code>eval "$(offhook env)"</code> gives a shell the credentials.
        </p>
      )}
    </div>
  );
}
