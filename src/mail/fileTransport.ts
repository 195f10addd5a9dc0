/** Mails as files, where no mail server is configured: any mail program opens them. */
import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { hash } from 'node:crypto';
import { messageOf, type OutgoingMail, type Sender } from './message.js';
import type { MailTransport } from './transport.js';

/** The file's name follows from the mail: written twice, it is one file. Names sort by time. */
export function fileNameOf({ at, template, key }: OutgoingMail): string {
  return `${at.replaceAll(/[:.]/g, '-')}-${template}-${hash('sha256', key).slice(0, 12)}.eml`;
}

/** @param folder made when it is not there */
export function fileTransport(folder: string, sender: Sender, now: () => Date): MailTransport {
  const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  return {
    send: async (mail) => {
      try {
        const { message } = await composer.sendMail(messageOf(mail, sender, now()));
        const name = fileNameOf(mail);
        await writeDurably(folder, name, message as Buffer);
        return { kind: 'sent', detail: `file ${name}` };
      } catch (error) {
        return { kind: 'postponed', detail: (error as Error).message, server: true };
      }
    },
    close: () => composer.close(),
  };
}

/** The file is there whole or not at all, also after a crash. */
async function writeDurably(folder: string, name: string, bytes: Buffer): Promise<void> {
  await mkdir(folder, { recursive: true });
  const unfinished = join(folder, `.${name}.part`);
  const file = await open(unfinished, 'w', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(unfinished, join(folder, name));
  const directory = await open(folder, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
