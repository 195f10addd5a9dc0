/** An SMTP server on loopback that keeps what it is sent, and answers as a test wants it to. */
import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export type Received = {
  readonly to: string;
  readonly messageId: string;
  readonly subject: string;
  readonly raw: string;
  readonly mail: ParsedMail;
};

/** An answer other than "accepted": a reply code and what is said with it. */
export type Answer = { readonly code: number; readonly text: string };

export type MailServer = {
  readonly url: string;
  readonly port: number;
  /** Everything accepted so far. */
  readonly received: Received[];
  /** How an address is answered; undefined accepts it. */
  answerTo: (address: string) => Answer | undefined;
  /** Called when a message is there whole; a message is accepted when it resolves, refused with what it gives. */
  onMessage: (received: Received) => Promise<Answer | undefined>;
  readonly stop: () => Promise<void>;
};

function errorOf({ code, text }: Answer): Error {
  return Object.assign(new Error(text), { responseCode: code });
}

async function textOf(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** @param port 0 lets the system choose */
export async function startMailServer(port = 0): Promise<MailServer> {
  const received: Received[] = [];
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    closeTimeout: 100,
    onRcptTo: ({ address }, _session, callback) => {
      const answer = server.answerTo(address);
      callback(answer === undefined ? undefined : errorOf(answer));
    },
    onData: (stream, session, callback) => {
      // A message that is cut off by a kill ends its stream with an error: it was not received.
      (async () => {
        const raw = await textOf(stream);
        const mail = await simpleParser(raw);
        const to = session.envelope.rcptTo[0]?.address ?? '';
        const one = { to, messageId: mail.messageId ?? '', subject: mail.subject ?? '', raw, mail };
        const answer = await server.onMessage(one);
        if (answer === undefined) received.push(one);
        callback(answer === undefined ? undefined : errorOf(answer));
      })().catch(() => callback(errorOf({ code: 451, text: 'cut off' })));
    },
  });
  // A client that is killed in the middle is no failure of the server.
  smtp.on('error', () => undefined);
  await new Promise<void>((resolve) => {
    smtp.listen(port, '127.0.0.1', resolve);
  });
  const { port: chosen } = smtp.server.address() as AddressInfo;
  const server: MailServer = {
    url: `smtp://127.0.0.1:${chosen}`,
    port: chosen,
    received,
    answerTo: () => undefined,
    onMessage: async () => undefined,
    stop: async () =>
      new Promise((resolve) => {
        smtp.close(resolve);
      }),
  };
  return server;
}
