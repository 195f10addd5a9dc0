/** What a test sees of a service's evidence: the events, and the files of its store. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { handleCommand } from '../../src/app/handleCommand.js';
import type { Command } from '../../src/commands/decide.js';
import { readConfig } from '../../src/config.js';
import type { EventData } from '../../src/events/catalogue.js';
import type { EventMetadata } from '../../src/events/envelope.js';
import { commandsOn, openLog } from '../../src/parts.js';
import { type Folder, newFolder } from './folders.js';
import type { TestService } from './service.js';

export type Attached = {
  readonly stream: string;
  readonly data: EventData<'EvidenceAttached'>;
  readonly metadata: EventMetadata;
};

/** The events that name evidence, of one account or of all. */
export async function attached(service: TestService, accountId?: string): Promise<Attached[]> {
  const { text } = await service.ask('auditor', 'GET', '/v1/events?types=EvidenceAttached');
  const lines = text.split('\n').filter((line) => line !== '');
  const all = lines.map((line) => JSON.parse(line) as Attached);
  return accountId === undefined ? all : all.filter(({ stream }) => stream === `account-${accountId}`);
}

/** The names of all files under a folder. */
export function filesUnder(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);
}

/** The file of bytes in a data folder. */
export function fileOf(service: TestService, sha256: string): string {
  return service.folder.file(join('evidence', sha256.slice(0, 2), sha256.slice(2, 4), sha256));
}

/** A data folder whose log says already what these commands do: history from before the service started. */
export async function folderWithHistory(commands: readonly Command[], accountId = 'acme'): Promise<Folder> {
  const folder = newFolder();
  const store = openLog(readConfig({ GATEHOUSE_DATA: folder.path }));
  const deps = await commandsOn(store);
  for (const [index, one] of commands.entries()) {
    const result = await handleCommand(deps, { accountId, commandId: `history-${index}`, command: one });
    if (result.kind === 'refused') throw new Error(`${one.name}: ${result.code}`);
  }
  await store.close();
  return folder;
}

/** A form as bytes, for requests that are cut off or sent by odd clients. */
export const boundary = 'boundary-1';
export function formOf(content: Buffer, fileName = 'form.png'): Buffer {
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${fileName}"\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), content, Buffer.from(`\r\n--${boundary}--\r\n`)]);
}
