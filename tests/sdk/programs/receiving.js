// The same as receiving.py in the words of twilio-node: receiving.js PHONE NUMBER.
'use strict';

const http = require('http');
const twilio = require('twilio');

const [phone, number] = process.argv.slice(2);
const token = process.env.TWILIO_AUTH_TOKEN;
const client = twilio();
const heard = [];

function hear(request, url, form) {
  const told = request.method === 'POST' ? form : Object.fromEntries(new URL(url).searchParams);
  const believes = (address, said) =>
    twilio.validateRequest(token, request.headers['x-twilio-signature'], address, said);
  const changed = request.method === 'POST' ? { ...form, Body: 'something else' } : form;
  heard.push({
    path: new URL(url).pathname,
    body: told.Body === undefined ? null : told.Body,
    status: told.MessageStatus || told.SmsStatus,
    believed: believes(url, form),
    fooled: believes(request.method === 'POST' ? url : `${url}x`, changed),
  });
  const answer = new twilio.twiml.MessagingResponse();
  if (request.url.startsWith('/sms')) answer.message(`You said <${told.Body}> & more`);
  return answer.toString();
}

const server = http.createServer(async (request, response) => {
  let body = '';
  for await (const part of request) body += part;
  const url = `http://127.0.0.1:${server.address().port}${request.url}`;
  const answer = hear(request, url, Object.fromEntries(new URLSearchParams(body)));
  response.writeHead(200, { 'Content-Type': 'text/xml' }).end(answer);
});

server.listen(0, '127.0.0.1', async () => {
  const url = `http://127.0.0.1:${server.address().port}`;
  const smsUrl = `${url}/sms?shop=7&note=a%20b`;
  await client.incomingPhoneNumbers.create({ phoneNumber: number, smsUrl, smsMethod: process.env.SMS_METHOD || 'POST' });
  await client.messages.create({ to: phone, from: number, body: 'Hello', statusCallback: `${url}/status` });
  console.log('ready');
  process.stdin.resume().on('end', () => {
    console.log(JSON.stringify(heard));
    process.exit(0);
  });
});
