// The same as calling.py in the words of twilio-node 4 to 6: calling.js PHONE NUMBER. Prints what it saw as JSON.
'use strict';

const twilio = require('twilio');

const [phone, number] = process.argv.slice(2);
const { TWILIO_ACCOUNT_SID: sid, TWILIO_AUTH_TOKEN: token } = process.env;
const client = twilio();
const saw = { version: require('twilio/package.json').version };

// How the SDK says that the API refused: status and code.
const refused = (work) => work().then(() => 'it was accepted', (problem) => [problem.status, problem.code]);

async function texts() {
  const sent = [];
  for (let n = 0; n < 5; n += 1) {
    sent.push(await client.messages.create({ to: phone, from: number, body: `Text ${n}` }));
  }
  const [first] = sent;
  saw.created = [first.sid.slice(0, 2), first.sid.length, first.status, first.direction, first.numSegments];
  const fetched = await client.messages(first.sid).fetch();
  saw.fetched = [fetched.sid === first.sid, fetched.body, fetched.to, fetched.from, fetched.dateCreated instanceof Date];
  saw.listed = (await client.messages.list({ to: phone, pageSize: 2 })).map((m) => m.body);
  saw.limited = (await client.messages.list({ to: phone, limit: 3, pageSize: 2 })).map((m) => m.body);
  const page = await client.messages.page({ to: phone, pageSize: 4 });
  const following = await page.nextPage();
  saw.pages = [page.instances.length, following.instances.length, (await following.nextPage()) === undefined];
  while ((await client.messages(first.sid).fetch()).status !== 'delivered') {
    await new Promise((resolve) => setTimeout(resolve, 50)); // only what has arrived may be redacted
  }
  saw.redacted = (await client.messages(first.sid).update({ body: '' })).body;
  saw.deleted = [await client.messages(first.sid).remove(), await refused(() => client.messages(first.sid).fetch())];
  saw['no such number'] = await refused(() => client.messages.create({ to: '+1', from: number, body: 'Hello' }));
  saw['no body'] = await refused(() => client.messages.create({ to: phone, from: number }));
  return sent;
}

async function accounts(text) {
  saw.account = (await client.api.accounts(sid).fetch()).status;
  const child = await client.api.accounts.create({ friendlyName: 'A customer' });
  const theirs = twilio(child.sid, child.authToken);
  saw.subaccount = [child.ownerAccountSid === sid, await theirs.messages.list({ to: phone })];
  const given = await client.api.accounts(child.sid).incomingPhoneNumbers.create({ areaCode: '206' });
  saw['number of the subaccount'] = (await theirs.incomingPhoneNumbers.list()).map((n) => n.sid === given.sid);
  const key = await client.newKeys.create({ friendlyName: 'A key' });
  const withKey = twilio(key.sid, key.secret, { accountSid: sid });
  saw['with a key'] = (await withKey.messages(text.sid).fetch()).body;
  const wrong = twilio(key.sid, 'wrong', { accountSid: sid });
  saw['wrong key'] = await refused(() => wrong.messages(text.sid).fetch());
  saw['key gone'] = await client.keys(key.sid).remove();
  saw.closed = (await client.api.accounts(child.sid).update({ status: 'closed' })).status;
}

async function main() {
  const bought = await client.incomingPhoneNumbers.create({ phoneNumber: number, friendlyName: 'Front desk' });
  await client.incomingPhoneNumbers(bought.sid).update({ smsUrl: 'https://app.example/sms', smsMethod: 'GET' });
  const found = await client.incomingPhoneNumbers.list({ phoneNumber: number });
  saw.numbers = found.map((n) => [n.phoneNumber, n.friendlyName, n.smsUrl, n.smsMethod, n.capabilities.sms]);
  const offered = await client.availablePhoneNumbers('US').local.list({ areaCode: 415, limit: 2 });
  saw.offered = offered.map((n) => n.phoneNumber.slice(0, 5));
  const sent = await texts();
  await accounts(sent[1]);
  saw.alerts = (await client.monitor.v1.alerts.list({ pageSize: 1 })).map((a) => a.errorCode);
  const near = twilio(sid, token, { edge: 'dublin', region: 'ie1' });
  saw['alerts nearby'] = (await near.monitor.v1.alerts.list({ pageSize: 1 })).map((a) => a.errorCode);
  saw['not there'] = await refused(() => client.pricing.v1.voice.countries('US').fetch());
  saw.released = await client.incomingPhoneNumbers(bought.sid).remove();
  console.log(JSON.stringify(saw));
}

main();
