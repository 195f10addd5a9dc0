/** kill -9 while evidence is uploaded: no event without its bytes, and no orphan after the sweep. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readConfig } from '../../src/config.js';
import { DiskEvidenceStore } from '../../src/evidence/disk.js';
import { EvidenceSweep } from '../../src/evidence/sweep.js';
import type { EventData } from '../../src/events/catalogue.js';
import { openLog, openTokens } from '../../src/parts.js';
import { text } from '../support/evidence.js';
import { goodData } from '../support/examples.js';
import { filesUnder } from '../support/evidenceService.js';
import { newFolder } from '../support/folders.js';
import { serve } from '../support/program.js';

const folder = newFolder();
afterAll(() => folder.remove());

const evidenceFolder = folder.file('evidence');
const acknowledged = new Map<string, string>();
let uploads = 0;

/** Uploads file after file to an account of its own, and notes what was acknowledged, until the service is gone. */
async function client(url: string, token: string, accountId: string): Promise<void> {
  const headers = { Authorization: `Bearer ${token}` };
  try {
    await fetch(`${url}/v1/accounts`, {
      method: 'POST',
      headers: { ...headers, 'Content-Type': 'application/json' },
      body: JSON.stringify({ ...goodData.SignUp, accountId }),
    });
    for (;;) {
      const content = Buffer.concat([text(`${++uploads}`), Buffer.alloc(60_000 * (uploads % 4), 'x')]);
      const body = new FormData();
      body.append('file', new Blob([content]), 'words.txt');
      const response = await fetch(`${url}/v1/accounts/${accountId}/evidence`, { method: 'POST', headers, body });
      const answer = (await response.json()) as { evidenceId: string; sha256: string };
      if (response.ok) acknowledged.set(`${accountId}/${answer.evidenceId}`, answer.sha256);
    }
  } catch {
    // The service was killed.
  }
}

async function killUnderLoad(loop: number): Promise<void> {
  const served = await serve(folder.path);
  const tokens = openTokens(readConfig({ GATEHOUSE_DATA: folder.path }));
  const token = tokens.create({ role: 'product', actor: 'product-1' });
  tokens.close();
  const load = Promise.all(
    Array.from({ length: 8 }, async (_, index) => client(served.url, token, `account-${loop}-${index}`)),
  );
  const enough = acknowledged.size + 8 + 7 * loop;
  for (let tries = 0; acknowledged.size < enough && tries < 1_000; tries++) await sleep(7);
  await served.kill('SIGKILL');
  await load;
}

test('given the service killed three times under uploads, then every event has its bytes, and a sweep leaves no others', async () => {
  for (const loop of [0, 1, 2]) await killUnderLoad(loop);
  const store = openLog(readConfig({ GATEHOUSE_DATA: folder.path }));
  const named = new Map<string, string>();
  for await (const { stream, data } of store.readAll({ types: ['EvidenceAttached'] })) {
    const { evidenceId, sha256, bytes } = data as EventData<'EvidenceAttached'>;
    named.set(`${stream.replace('account-', '')}/${evidenceId}`, sha256);
    const content = readFileSync(join(evidenceFolder, sha256.slice(0, 2), sha256.slice(2, 4), sha256));
    expect([createHash('sha256').update(content).digest('hex'), content.length]).toEqual([sha256, bytes]);
  }
  expect(acknowledged.size).toBeGreaterThanOrEqual(3 * 8);
  for (const [id, sha256] of acknowledged) expect([id, named.get(id)]).toEqual([id, sha256]);

  const evidence = new DiskEvidenceStore(evidenceFolder);
  const sweep = new EvidenceSweep({ evidence, log: store, now: () => Date.now() + 60_000, minimumAge: 0 });
  await sweep.run();
  expect(new Set(filesUnder(evidenceFolder))).toEqual(new Set(named.values()));
  await store.close();
});
