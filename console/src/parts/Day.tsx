import { TextInput } from "@mantine/core";

/** A filter that is a day. */
export function Day({ label, value, change }: { label: string; value: string; change: (day: string) => void }) {
  return (
    <TextInput
      type="date"
      size="xs"
      label={label}
      value={value}
      onChange={(event) => change(event.currentTarget.value)}
    />
  );
}
