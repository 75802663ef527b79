// A bot that answers every text with its own words, as for Twilio: nothing in it is about Offhook.
const http = require("node:http");
const twilio = require("twilio");

const app = http.createServer(async (request, response) => {
  let body = "";
  for await (const chunk of request) body += chunk;
  const form = Object.fromEntries(new URLSearchParams(body));
  const url = `http://${request.headers.host}${request.url}`;
  const signature = request.headers["x-twilio-signature"] ?? "";
  if (!twilio.validateRequest(process.env.TWILIO_AUTH_TOKEN, signature, url, form)) {
    response.writeHead(403).end();
    return;
  }
  const reply = new twilio.twiml.MessagingResponse();
  reply.message(`You said: ${form.Body}`);
  response.writeHead(200, { "Content-Type": "text/xml" }).end(reply.toString());
});

module.exports = { app };
if (require.main === module) app.listen(process.env.PORT ?? 5000, "127.0.0.1");
