import { Button, Modal } from "@mantine/core";
import { type ReactNode, useState } from "react";

interface Props {
  label: string;
  title?: string;
  icon?: ReactNode;
  /** `quiet` for what is not the first thing to do on a page. */
  tone?: "first" | "quiet";
  /** Said after the label, to tell the button from others with the same words. */
  about?: string;
  size?: string;
  children: (close: () => void) => ReactNode;
}

/** A button that opens a dialog. */
export function Dialog({ label, title = label, icon, tone = "quiet", about, size = "md", children }: Props) {
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <Button
        size="xs"
        variant={tone === "first" ? "filled" : "default"}
        leftSection={icon}
        {...(about ? { "aria-label": `${label} ${about}` } : {})}
        onClick={() => setOpen(true)}
      >
        {label}
      </Button>
      <Modal opened={isOpen} onClose={close} title={title} size={size} closeButtonProps={{ "aria-label": "Close" }}>
        {children(close)}
      </Modal>
    </>
  );
}
