import { expect, it } from "vitest";
import { visible } from "../src/live/visible";

/** As much of a document as matters here. */
class Tab extends EventTarget {
  visibilityState = "hidden";
}

it("waits while nobody can see the page", async () => {
  const tab = new Tab();
  let isSeen = false;
  const seen = visible(tab as unknown as Document).then(() => (isSeen = true));
  await Promise.resolve();
  expect(isSeen).toBe(false);
  tab.visibilityState = "visible";
  tab.dispatchEvent(new Event("visibilitychange"));
  await seen;
  expect(isSeen).toBe(true);
});
