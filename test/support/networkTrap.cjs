/**
 * Loaded before a program (`node --require`): every connection, datagram and name lookup is refused, and written down in
 * the file that NETWORK_TRAP names.
 */
const { appendFileSync } = require('node:fs');
const dgram = require('node:dgram');
const dns = require('node:dns');
const net = require('node:net');

function refuse(what) {
  return function refused() {
    appendFileSync(process.env.NETWORK_TRAP, `${what}\n`);
    throw new Error(`the network is cut: ${what}`);
  };
}

net.Socket.prototype.connect = refuse('connect');
dgram.Socket.prototype.send = refuse('send');
for (const name of Object.keys(dns)) {
  if (/^(lookup|resolve|reverse)/.test(name)) dns[name] = refuse(`dns.${name}`);
}
for (const resolver of [dns.Resolver, dns.promises.Resolver]) {
  for (const name of Object.getOwnPropertyNames(resolver.prototype)) {
    if (/^(resolve|reverse)/.test(name)) resolver.prototype[name] = refuse(`resolver.${name}`);
  }
}
