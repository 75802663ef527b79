import { TextInput } from "@mantine/core";
import { useEffect, useRef, useState } from "react";

const PAUSE = 300; // milliseconds after the last key

interface Props {
  label: string;
  value: string;
  change: (value: string) => void;
  placeholder?: string;
  className?: string;
}

/** A filter that is typed: it counts when the person pauses. */
export function FilterText({ label, value, change, placeholder, className }: Props) {
  const [typed, setTyped] = useState(value);
  const latest = useRef(change);
  latest.current = change;
  useEffect(() => setTyped(value), [value]);
  useEffect(() => {
    const meant = typed.trim();
    if (meant === value) return;
    const timer = setTimeout(() => latest.current(meant), PAUSE);
    return () => clearTimeout(timer);
  }, [typed, value]);
  return (
    <TextInput
      size="xs"
      label={label}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      {...(placeholder ? { placeholder } : {})}
      {...(className ? { className } : {})}
    />
  );
}
