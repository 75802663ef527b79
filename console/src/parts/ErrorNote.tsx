// What went wrong, why it may have, and where it is explained.

import { Alert } from "@mantine/core";
import { IconAlertCircle } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { ApiError, docsPage, messageOf } from "../api/errors";

export function ErrorNote({ error }: { error: unknown }) {
  if (!error) return null;
  const code = error instanceof ApiError ? error.code : null;
  return (
    <Alert color="red" variant="light" icon={<IconAlertCircle size={18} />} title={messageOf(error)} role="alert">
      {code !== null && <Explained code={code} most={3} />}
    </Alert>
  );
}

/** An error's number as a link to its page. */
export function ErrorCode({ code }: { code: number | string }) {
  return (
    <a href={docsPage(code)} target="_blank" rel="noreferrer">
      {code}
    </a>
  );
}

/** What an error means and its usual causes (at most so many). */
export function Explained({ code, most = Infinity }: { code: number | string; most?: number }) {
  const { data } = useQuery({
    queryKey: ["error", String(code)],
    queryFn: () => explanation(code),
    staleTime: Infinity,
  });
  return (
    <div className="explained">
      {data?.meaning && <p>{data.meaning}</p>}
      {data && data.causes.length > 0 && (
        <ul aria-label="Causes">
          {data.causes.slice(0, most).map((cause) => (
            <li key={cause}>{cause}</li>
          ))}
        </ul>
      )}
      <p>
        Error <ErrorCode code={code} />: causes, fixes and an example.
      </p>
    </div>
  );
}

interface Explanation {
  meaning: string;
  causes: string[];
}

async function explanation(code: number | string): Promise<Explanation> {
  const response = await fetch(`${docsPage(code)}.json`);
  return response.ok ? ((await response.json()) as Explanation) : { meaning: "", causes: [] };
}
