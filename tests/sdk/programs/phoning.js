// The same as phoning.py in the words of twilio-node 4 to 6: phoning.js PHONE NUMBER. Prints what it saw as JSON.
'use strict';

const twilio = require('twilio');

const [phone, number] = process.argv.slice(2);
const client = twilio();
const saw = { version: require('twilio/package.json').version };
const twiml = new twilio.twiml.VoiceResponse();
twiml.say('Hello');
twiml.pause({ length: 600 });

// How the SDK says that the API refused: status and code.
const refused = (work) => work().then(() => 'it was accepted', (problem) => [problem.status, problem.code]);

// The call once it has this status.
async function reached(sid, status) {
  for (;;) {
    const call = await client.calls(sid).fetch();
    if (call.status === status) return call;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function main() {
  const bought = await client.incomingPhoneNumbers.create({ phoneNumber: number });
  const made = await client.calls.create({ to: phone, from: number, twiml: twiml.toString() });
  saw.created = [made.sid.slice(0, 2), made.status, made.direction, made.to, made.startTime];
  const answered = await reached(made.sid, 'in-progress');
  saw.answered = [answered.startTime instanceof Date, answered.endTime, answered.phoneNumberSid === bought.sid];
  const recording = await client.calls(made.sid).recordings.create();
  saw.recording = [recording.status, recording.source];
  await client.calls(made.sid).update({ twiml: '<Response><Pause length="600"/></Response>' });
  saw.stopped = (await client.calls(made.sid).recordings('Twilio.CURRENT').update({ status: 'stopped' })).status;
  await client.calls(made.sid).update({ status: 'completed' });
  const over = await reached(made.sid, 'completed');
  saw.over = [over.endTime instanceof Date, over.duration >= 0];
  saw.listed = (await client.calls.list({ to: phone, status: 'completed' })).map((call) => call.sid === made.sid);
  saw.recordings = (await client.recordings.list({ callSid: made.sid })).map((one) => one.sid === recording.sid);
  saw.late = await refused(() => client.calls(made.sid).update({ twiml: '<Response/>' }));
  saw.nonsense = await refused(() => client.calls.create({ to: '+1', from: number, twiml: '<Response/>' }));
  saw.deleted = [await client.calls(made.sid).remove(), await refused(() => client.calls(made.sid).fetch())];
  console.log(JSON.stringify(saw));
}

main();
