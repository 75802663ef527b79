import { Select } from "@mantine/core";

interface Props {
  label: string;
  all: string;
  choices: readonly string[];
  value: string;
  change: (value: string) => void;
}

/** A filter with a few choices; `all` is what to say to have none. */
export function Choice({ label, all, choices, value, change }: Props) {
  return (
    <Select
      size="xs"
      label={label}
      placeholder="All"
      clearable
      clearButtonProps={{ "aria-label": all }}
      data={choices}
      value={value || null}
      onChange={(chosen) => change(chosen ?? "")}
    />
  );
}
