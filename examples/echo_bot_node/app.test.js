// The bot, tested as its author would: a phone texts it, the phone gets the answer.
const assert = require("node:assert/strict");
const { after, before, beforeEach, test } = require("node:test");
const twilio = require("twilio");
const { offhook, settle } = require("./offhook.js");
const { app } = require("./app.js");

const NUMBER = "+12023358536";
const PHONE = "/offhook/v1/Handsets/+19732644152/Messages";

before(() => new Promise((ready) => app.listen(0, "127.0.0.1", ready)));
after(() => app.close());
beforeEach(() => offhook("POST", "/offhook/v1/Resets"));

test("it says what it is told", async () => {
  const smsUrl = `http://127.0.0.1:${app.address().port}/sms`;
  await twilio().incomingPhoneNumbers.create({ phoneNumber: NUMBER, smsUrl });
  await offhook("POST", PHONE, { To: NUMBER, Body: "hello" });
  await settle();
  const { messages } = await offhook("GET", PHONE);
  assert.deepEqual(messages.map((text) => text.body), ["hello", "You said: hello"]);
});

test("every test begins with nothing", async () => {
  assert.deepEqual(await twilio().incomingPhoneNumbers.list(), []);
});
