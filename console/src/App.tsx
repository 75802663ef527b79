// From nothing to a page: the session, the stream of events, the account that is looked at, the routes.

import { Loader, MantineProvider } from "@mantine/core";
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { BrowserRouter } from "react-router";
import { setNonce } from "get-nonce";
import { ActingContext } from "./api/account";
import { ApiError } from "./api/errors";
import { provideCsrf } from "./api/request";
import { fetchSession, type Session, SessionContext, signIn } from "./api/session";
import { Stream } from "./live/stream";
import { StreamContext } from "./live/useLive";
import { ErrorNote } from "./parts/ErrorNote";
import { Pages } from "./Pages";
import { Shell } from "./Shell";
import { nonce, theme, variables } from "./theme";

setNonce(nonce());

const caches = {
  onError: (error: unknown) => {
    if (error instanceof ApiError && error.status === 401) signIn();
  },
};

// What is known is shown at once and read again all the same: events about it may have come while no page showed it.
const client = new QueryClient({
  queryCache: new QueryCache(caches),
  mutationCache: new MutationCache(caches),
  defaultOptions: {
    queries: {
      retry: (failures, error) => !(error instanceof ApiError) && failures < 2,
      refetchOnWindowFocus: false,
    },
  },
});

export function App() {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto" getStyleNonce={nonce}>
      <QueryClientProvider client={client}>
        <SignedIn>
          <BrowserRouter basename="/console" useTransitions={false}>
            <Shell>
              <Pages />
            </Shell>
          </BrowserRouter>
        </SignedIn>
      </QueryClientProvider>
    </MantineProvider>
  );
}

function SignedIn({ children }: { children: ReactNode }) {
  const [session, setSession] = useState<Session | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    fetchSession().then((found) => {
      if (!found) return signIn();
      provideCsrf(found.csrf);
      setSession(found);
    }, setError);
  }, []);
  if (error)
    return (
      <main className="alone">
        <ErrorNote error={error} />
      </main>
    );
  if (!session)
    return (
      <main className="alone">
        <Loader size="sm" aria-label="Loading" />
      </main>
    );
  return (
    <SessionContext value={session}>
      <Live>
        <ActingAs own={session.account_sid}>{children}</ActingAs>
      </Live>
    </SessionContext>
  );
}

function Live({ children }: { children: ReactNode }) {
  const stream = useMemo(() => new Stream("/offhook/v1/Events"), []);
  useEffect(() => {
    stream.start();
    return () => stream.stop();
  }, [stream]);
  return <StreamContext value={stream}>{children}</StreamContext>;
}

const KEPT = "offhook-account";

function ActingAs({ own, children }: { own: string; children: ReactNode }) {
  const [account, setAccount] = useState(() => sessionStorage.getItem(KEPT) ?? own);
  const acting = useMemo(
    () => ({
      account,
      isOwn: account === own,
      actAs: (sid: string) => {
        sessionStorage.setItem(KEPT, sid);
        setAccount(sid);
      },
    }),
    [account, own],
  );
  return <ActingContext value={acting}>{children}</ActingContext>;
}
