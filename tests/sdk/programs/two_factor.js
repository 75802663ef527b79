// The same as two_factor.py in the words of twilio-node 4 to 6: two_factor.js PHONE NOW. Prints what it saw as JSON.
'use strict';

const { createHmac } = require('node:crypto');
const twilio = require('twilio');

const [phone, now] = [process.argv[2], Number(process.argv[3])];
const client = twilio();
const saw = { version: require('twilio/package.json').version };

// What an authenticator app shows at a time, in seconds (RFC 6238, six digits, steps of 30 seconds).
function shown(secret, time) {
  const bits = [...secret].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'));
  const key = Buffer.from(bits.join('').match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(time / 30)));
  const hash = createHmac('sha1', key).update(step).digest();
  const code = hash.readUInt32BE(hash[hash.length - 1] & 15) & 0x7fffffff;
  return String(code % 1e6).padStart(6, '0');
}

async function enrol(user) {
  const factor = await user.newFactors.create({ friendlyName: "Ann's phone", factorType: 'totp' });
  const uri = new URL(factor.binding.uri);
  const [issuer, name] = decodeURIComponent(uri.pathname.slice(1)).split(':');
  saw.enrolled = [factor.status, factor.config, issuer, name];
  const secret = uri.searchParams.get('secret');
  saw.wrong = (await user.factors(factor.sid).update({ authPayload: '00000000' })).status;
  saw.verified = (await user.factors(factor.sid).update({ authPayload: shown(secret, now) })).status;
  saw.factors = (await user.factors.list()).map((one) => [one.sid === factor.sid, one.status]);
  return [factor.sid, secret];
}

async function signIn(user, factorSid, secret) {
  saw.replayed = (await user.challenges.create({ factorSid, authPayload: shown(secret, now) })).status;
  const challenge = await user.challenges.create({ factorSid });
  saw.asked = challenge.status;
  saw['signed in'] = (await user.challenges(challenge.sid).update({ authPayload: shown(secret, now + 30) })).status;
  saw.challenges = (await user.challenges.list()).map((one) => one.status).sort();
}

async function main() {
  const found = await client.lookups.v1.phoneNumbers(phone).fetch({ type: ['carrier', 'caller-name'] });
  saw['looked up'] = [found.phoneNumber, found.countryCode, found.carrier.type, found.carrier.name];
  saw.caller = found.callerName.caller_name;
  const made = await client.verify.v2.services.create({ friendlyName: 'Owl Bank' });
  const service = client.verify.v2.services(made.sid);
  const user = service.entities('user-0001');
  const app = { friendlyName: 'App', eventTypes: ['*'], webhookUrl: 'https://app.example/told' };
  const told = await service.webhooks.create(app);
  saw.webhook = [told.status, told.eventTypes];
  const [factorSid, secret] = await enrol(user);
  await signIn(user, factorSid, secret);
  saw.gone = [await user.factors(factorSid).remove(), await user.remove(), await service.remove()];
  console.log(JSON.stringify(saw));
}

main().catch((problem) => {
  console.error(problem);
  process.exit(1);
});
