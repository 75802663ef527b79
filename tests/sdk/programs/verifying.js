// The same as verifying.py in the words of twilio-node 4 to 6: verifying.js PHONE. Prints what it saw as JSON.
'use strict';

const twilio = require('twilio');

const phone = process.argv[2];
const client = twilio();
const saw = { version: require('twilio/package.json').version };

// How the SDK says that the API refused: status and code.
const refused = (work) => work().then(() => 'it was accepted', (problem) => [problem.status, problem.code]);

async function main() {
  const made = await client.verify.v2.services.create({ friendlyName: 'Owl Bank', codeLength: 8 });
  const service = client.verify.v2.services(made.sid);
  saw.service = [made.sid.slice(0, 2), made.friendlyName, made.codeLength, made.dtmfInputRequired];
  const begun = await service.verifications.create({ to: phone, channel: 'sms', locale: 'fr' });
  saw.begun = [begun.sid.slice(0, 2), begun.status, begun.channel, begun.valid, begun.to === phone];
  saw.again = (await service.verifications.create({ to: phone, channel: 'sms' })).sid === begun.sid;
  saw.fetched = (await service.verifications(phone).fetch()).sid === begun.sid;
  saw.wrong = (await service.verificationChecks.create({ to: phone, code: 'no2222' })).status;
  const uri = `${process.env.OFFHOOK_URL}/offhook/v1/Handsets/${encodeURIComponent(phone)}/LatestCode`;
  const { body } = await client.request({ method: 'GET', uri });
  const { code } = typeof body === 'string' ? JSON.parse(body) : body;
  const right = await service.verificationChecks.create({ to: phone, code });
  saw.right = [right.status, right.valid, right.sid === begun.sid];
  saw.gone = await refused(() => service.verificationChecks.create({ to: phone, code: '12345678' }));
  saw['no number'] = await refused(() => service.verifications.create({ to: '4155550100', channel: 'sms' }));
  const limit = await service.rateLimits.create({ uniqueName: 'ip' });
  const bucket = await service.rateLimits(limit.sid).buckets.create({ max: 4, interval: 60 });
  saw.limit = [limit.sid.slice(0, 2), bucket.sid.slice(0, 2), bucket.max, bucket.interval];
  saw.services = (await client.verify.v2.services.list({ limit: 1 })).map((one) => one.sid).join() === made.sid;
  saw.deleted = await service.remove();
  console.log(JSON.stringify(saw));
}

main().catch((problem) => {
  console.error(problem);
  process.exit(1);
});
