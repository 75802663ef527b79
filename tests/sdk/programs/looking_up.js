// The same as looking_up.py in the words of twilio-node 4 to 6: looking_up.js PHONE. Prints what it saw as JSON.
'use strict';

const twilio = require('twilio');

const phone = process.argv[2];
const number = twilio().lookups.v2.phoneNumbers;
const saw = { version: require('twilio/package.json').version };

// What the API said: its words are as they were up to twilio-node 5, and spelled as in JavaScript since 6.
const either = (asSaid, since6) => (asSaid === undefined ? since6 : asSaid);

async function main() {
  let found = await number(phone).fetch();
  saw.valid = [found.phoneNumber, found.valid, found.validationErrors];
  saw.where = [found.countryCode, found.callingCountryCode];
  saw['not asked for'] = [found.lineTypeIntelligence, found.callerName];
  saw.national = (await number(found.nationalFormat).fetch({ countryCode: 'US' })).phoneNumber;
  found = await number(phone).fetch({ fields: 'line_type_intelligence,caller_name' });
  const { lineTypeIntelligence: line, callerName: caller } = found;
  saw.line = [line.type, either(line.carrier_name, line.carrierName), either(line.error_code, line.errorCode)];
  const kind = either(caller.caller_type, caller.callerType);
  saw.caller = [either(caller.caller_name, caller.callerName), kind, either(caller.error_code, caller.errorCode)];
  const short = await number('+1973264').fetch();
  saw['too short'] = [short.valid, short.validationErrors];
  const accepted = 'it was accepted';
  const refused = (problem) => [problem.status, problem.code];
  saw.nonsense = await number(phone).fetch({ fields: 'shoe_size' }).then(() => accepted, refused);
  console.log(JSON.stringify(saw));
}

main().catch((problem) => {
  console.error(problem);
  process.exit(1);
});
