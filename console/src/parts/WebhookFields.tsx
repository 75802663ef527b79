// A webhook: its URL and method, and where to ask if that fails. Checked while it is typed.

import { Select, TextInput } from "@mantine/core";
import { urlProblem } from "./validation";

export interface Webhook {
  url: string;
  method: string;
  fallbackUrl: string;
  fallbackMethod: string;
}

interface Props {
  label: string;
  /** What comes in, in the plural: tells the other fields apart. */
  of: string;
  about?: string;
  value: Webhook;
  change: (value: Webhook) => void;
  disabled?: boolean;
}

export function WebhookFields({ label, of, about, value, change, disabled = false }: Props) {
  return (
    <>
      <UrlWithMethod
        label={label}
        of={of}
        about={about}
        methodLabel={`Method for ${of}`}
        url={value.url}
        method={value.method}
        disabled={disabled}
        change={(url, method) => change({ ...value, url, method })}
      />
      <UrlWithMethod
        label={`Fallback for ${of}`}
        of={of}
        about="Asked once if the first one fails."
        methodLabel={`Fallback method for ${of}`}
        url={value.fallbackUrl}
        method={value.fallbackMethod}
        disabled={disabled}
        change={(fallbackUrl, fallbackMethod) => change({ ...value, fallbackUrl, fallbackMethod })}
      />
    </>
  );
}

interface UrlProps {
  label: string;
  of: string;
  about?: string | undefined;
  methodLabel: string;
  url: string;
  method: string;
  disabled?: boolean;
  change: (url: string, method: string) => void;
}

function UrlWithMethod({ label, of, about, methodLabel, url, method, disabled = false, change }: UrlProps) {
  return (
    <div className="with-method">
      <TextInput
        label={label}
        description={about}
        placeholder={`http://127.0.0.1:5000/${of === "calls" ? "voice" : "sms"}`}
        value={url}
        disabled={disabled}
        error={urlProblem(url)}
        spellCheck={false}
        autoCapitalize="off"
        onChange={(event) => change(event.currentTarget.value.trim(), method)}
      />
      <Select
        label={<span aria-hidden>Method</span>}
        aria-label={methodLabel}
        description={about && <span aria-hidden>&nbsp;</span>}
        data={["POST", "GET"]}
        value={method}
        disabled={disabled}
        allowDeselect={false}
        onChange={(chosen) => change(url, chosen ?? method)}
      />
    </div>
  );
}
