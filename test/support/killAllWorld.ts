/** Everything that a service with all its processes on reaches out to: name servers, websites, mailboxes, a backend. */
import { writeFileSync } from 'node:fs';
import { recordsOf } from '../../src/domains/records.js';
import { newAuthority } from './certificates.js';
import { type DnsTestServer, startDnsServer } from './dnsServer.js';
import { type Folder, newFolder } from './folders.js';
import { type MailServer, startMailServer } from './mailServer.js';
import { type WebServer, startWebServer } from './webServer.js';
import { newReceiver, type Receiver, secret } from './webhookReceiver.js';

export const from = 'verify@sendwell-mail.com';

const home = '<title>Anvils</title><h1>Anvils</h1><p>We make anvils and all that goes with them, since 1930.</p>';

export type World = {
  readonly folder: Folder;
  readonly dns: DnsTestServer;
  readonly web: WebServer;
  readonly mail: MailServer;
  readonly backend: Receiver;
  /** The settings of a service in this world. */
  readonly settings: Readonly<Record<string, string>>;
  readonly stop: () => Promise<void>;
};

export const hostOf = (account: number): string => `sender-${account}.com`;

/** @param size how many senders have a website; every fifth one's fails, every seventh takes its time */
export async function newWorld(size: number, accountIdOf: (account: number) => string): Promise<World> {
  const folder = newFolder();
  const authority = newAuthority();
  writeFileSync(folder.file('ca.pem'), authority.ca);
  const hosts = Array.from({ length: size }, (_, account) => hostOf(account));
  const dns = await startDnsServer();
  for (const [account, host] of hosts.entries()) {
    dns.set(host, 'A', ['127.0.0.1']);
    for (const { name, type, expected } of recordsOf(accountIdOf(account), {})(`mail.${host}`, undefined)) {
      if (type === 'TXT') dns.set(name, 'TXT', [expected]);
    }
  }
  const web = await startWebServer(
    (request, response) => {
      const account = Number(/^sender-(\d+)\./.exec(request.headers.host ?? '')?.[1] ?? 0);
      const answer = (): void => {
        response.writeHead(account % 5 === 4 ? 500 : 200, { 'Content-Type': 'text/html' }).end(home);
      };
      setTimeout(answer, account % 7 === 6 ? 500 : 0);
    },
    { identity: authority.issue(...hosts) },
  );
  const mail = await startMailServer();
  const backend = await newReceiver();
  backend.behave = () => ({ status: 204, afterMilliseconds: 5 });
  return {
    folder,
    dns,
    web,
    mail,
    backend,
    settings: {
      GATEHOUSE_PROCESSES: 'all',
      GATEHOUSE_DNS_SERVERS: dns.address,
      GATEHOUSE_ALLOW_ADDRESSES: '127.0.0.0/8',
      GATEHOUSE_CA_FILE: folder.file('ca.pem'),
      GATEHOUSE_SMTP_URL: mail.url,
      GATEHOUSE_MAIL_FROM: from,
      GATEHOUSE_WEBHOOK_URL: backend.url,
      GATEHOUSE_WEBHOOK_SECRET: secret,
    },
    stop: async () => {
      await Promise.all([dns.stop(), web.stop(), mail.stop(), backend.stop()]);
      folder.remove();
    },
  };
}
