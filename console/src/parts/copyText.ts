// The clipboard. Browsers give the new interface to safe origins only (https, loopback), so there is the old way too.

export async function copyText(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = document.createElement("textarea");
  area.value = text;
  area.readOnly = true;
  area.className = "out-of-sight";
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}
