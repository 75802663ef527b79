import { Button, Modal } from "@mantine/core";
import { type ReactNode, useState } from "react";

interface Props {
  label: string;
  question: string;
  confirm: () => void;
  icon?: ReactNode;
  isBusy?: boolean;
}

/** A button for what cannot be undone: it asks first. */
export function ConfirmButton({ label, question, confirm, icon, isBusy = false }: Props) {
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <Button size="xs" variant="default" leftSection={icon} loading={isBusy} onClick={() => setAsking(true)}>
        {label}
      </Button>
      <Modal
        opened={isAsking}
        onClose={() => setAsking(false)}
        title={`${label}?`}
        size="sm"
        closeButtonProps={{ "aria-label": "Close" }}
      >
        <div className="stack">
          <p>{question}</p>
          <div className="row">
            <Button
              color="red"
              size="sm"
              onClick={() => {
                setAsking(false);
                confirm();
              }}
            >
              {label}
            </Button>
            <Button variant="default" size="sm" onClick={() => setAsking(false)} data-autofocus>
              Keep
            </Button>
          </div>
        </div>
      </Modal>
    </>
  );
}
