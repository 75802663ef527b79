/** When somebody can see the page: at once, or as soon as its tab is in front again. */
export async function visible(page: Document = document): Promise<void> {
  if (page.visibilityState === "visible") return;
  await new Promise<void>((seen) => {
    page.addEventListener("visibilitychange", () => seen(), { once: true });
  });
}
