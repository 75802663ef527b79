// The account that the person looks at: their own, or one of its subaccounts. Kept for the tab.

import { createContext, use } from "react";

export interface Acting {
  account: string;
  isOwn: boolean;
  actAs: (sid: string) => void;
}

export const ActingContext = createContext<Acting | null>(null);

export function useActing(): Acting {
  const acting = use(ActingContext);
  if (!acting) throw new Error("There is no account here");
  return acting;
}

export const useAccount = (): string => useActing().account;
