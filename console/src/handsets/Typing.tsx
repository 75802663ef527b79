import { ActionIcon, Textarea, TextInput, Tooltip } from "@mantine/core";
import { IconArrowUp, IconPhoto } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { request } from "../api/request";
import { handset, type HandsetText } from "../api/resources";
import { ErrorNote } from "../parts/ErrorNote";
import { urlProblem } from "../parts/validation";
import { CopyAs } from "../parts/CopyAs";

/** Where the person types: Enter sends, Shift+Enter begins a line. */
export function Typing({ address, to, isOff }: { address: string; to: string; isOff: boolean }) {
  const [body, setBody] = useState("");
  const [picture, setPicture] = useState<string | null>(null);
  const call = {
    method: "POST" as const,
    path: `${handset(address)}/Messages`,
    params: { To: to, Body: body, MediaUrl: picture || undefined },
  };
  const text = useMutation({
    mutationFn: () => request<HandsetText>(call),
    onSuccess: () => {
      setBody("");
      setPicture(null);
    },
  });
  const isComplete = to !== "" && (body !== "" || !!picture) && !urlProblem(picture ?? "") && !isOff;
  const send = () => {
    if (isComplete && !text.isPending) text.mutate();
  };
  return (
    <form
      className="typing"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <ErrorNote error={text.error} />
      {picture !== null && (
        <TextInput
          size="xs"
          aria-label="URL of a picture"
          placeholder="https://… a picture's URL"
          value={picture}
          error={urlProblem(picture)}
          onChange={(event) => setPicture(event.currentTarget.value.trim())}
          data-autofocus
        />
      )}
      <div className="typing-line">
        <Textarea
          aria-label={`Text from ${address}`}
          placeholder={isOff ? "This phone is off" : "Text message"}
          autosize
          minRows={1}
          maxRows={5}
          value={body}
          disabled={isOff}
          onChange={(event) => setBody(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
            event.preventDefault();
            send();
          }}
        />
        <CopyAs call={call} isSmall />
        <Tooltip label="With a picture">
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label="With a picture"
            aria-pressed={picture !== null}
            onClick={() => setPicture(picture === null ? "" : null)}
          >
            <IconPhoto size={18} />
          </ActionIcon>
        </Tooltip>
        <ActionIcon
          type="submit"
          size="lg"
          radius="xl"
          aria-label="Send"
          disabled={!isComplete}
          loading={text.isPending}
        >
          <IconArrowUp size={18} />
        </ActionIcon>
      </div>
    </form>
  );
}
