import { useEffect, useState } from "react";

const OFTEN = 20_000; // milliseconds

/** The time in milliseconds, kept up to date so that an hour up to now moves on by itself. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), OFTEN);
    return () => clearInterval(timer);
  }, []);
  return now;
}
