// Runs when a Node program starts under `offhook run` (NODE_OPTIONS=--require). TLS connections for Twilio's names go to
// a port of this machine, whoever opens them: https, undici's fetch, axios. The handshake still names the real host and
// is checked against the local CA alone. A connection over a socket that exists already (a proxy's tunnel) is only
// taught to trust that CA. Everything else is left as it was.
'use strict';

const fs = require('fs');
const tls = require('tls');

const port = Number(process.env.OFFHOOK_REDIRECT_PORT);
const caPath = process.env.OFFHOOK_CA;

const isTwilio = (host) => {
  const name = String(host || '').toLowerCase().replace(/\.$/, '');
  return name === 'twimlets.com' || name.endsWith('.twilio.com') || name.endsWith('.twimlets.com');
};

// tls.connect(options[, callback]), (port[, host][, options][, callback])
const optionsOf = (args) => {
  const rest = [...args];
  const callback = typeof rest[rest.length - 1] === 'function' ? rest.pop() : undefined;
  if (rest[0] !== null && typeof rest[0] === 'object') return [rest[0], callback];
  const named = rest.find((value) => value !== null && typeof value === 'object') || {};
  const host = typeof rest[1] === 'string' ? rest[1] : named.host;
  return [{ ...named, port: rest[0], host }, callback];
};

const redirected = (options, ca) => {
  const host = options.servername || options.host;
  if (options.socket) return options.ca ? { ...options, ca: [].concat(options.ca, ca) } : options;
  if (Number(options.port) !== 443) return options;
  return { ...options, servername: host, host: '127.0.0.1', port, ca: [ca], secureContext: undefined, lookup: undefined };
};

if (port && caPath && fs.existsSync(caPath)) {
  const ca = fs.readFileSync(caPath, 'utf8');
  const connect = tls.connect;
  tls.connect = function (...args) {
    const [options, callback] = optionsOf(args);
    if (!isTwilio(options.servername || options.host)) return connect.apply(this, args);
    return connect.call(this, redirected(options, ca), callback);
  };
  require('module').syncBuiltinESMExports();
}
