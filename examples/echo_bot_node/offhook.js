// Offhook in a test, over HTTP, with nothing but what Node brings.
const { OFFHOOK_URL, TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN } = process.env;
const credentials = Buffer.from(`${TWILIO_ACCOUNT_SID}:${TWILIO_AUTH_TOKEN}`).toString("base64");

/** Ask Offhook; resolves to its answer, rejects with what it says against it. */
async function offhook(method, path, form) {
  const answer = await fetch(OFFHOOK_URL + path, {
    method,
    headers: { Authorization: `Basic ${credentials}` },
    body: form && new URLSearchParams(form),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path} was refused: ${text}`);
  return text ? JSON.parse(text) : null;
}

/** Wait until nothing is under way: no delivery, no webhook. */
const settle = () => offhook("POST", "/offhook/v1/Clock", { Step: 0 });

module.exports = { offhook, settle };
