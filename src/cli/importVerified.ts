/** `gatehouse import-verified`: customers whom a provider already trusts, so that the gate stays open for what they send. */
import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { parse } from 'csv-parse';
import { z } from 'zod';
import type { Config } from '../config.js';
import { channelKind, email, hostname, id, instant, shortText } from '../events/schemas.js';
import type { Actor } from '../events/vocabulary.js';
import { note, UsageError } from './output.js';
import { openSender, type Sender, type Sent } from './sender.js';

const product: Actor = { type: 'product', id: 'import-verified' };
const system: Actor = { type: 'system', id: 'import-verified' };
const admin: Actor = { type: 'admin', id: 'import-verified' };

const list = z.string().transform((text) =>
  text
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
);

/** `id:kind` or, for e-mail, `id:email:domain`. */
const channel = z
  .string()
  .transform((text) => text.split(':'))
  .pipe(
    z.union([z.tuple([id, channelKind.exclude(['email'])]), z.tuple([id, z.literal('email'), hostname])], {
      error: 'each channel is <id>:<kind>, or <id>:email:<domain>',
    }),
  );

const rowSchema = z.object({
  account_id: id,
  company: shortText.optional().or(z.literal('').transform(() => undefined)),
  owner_email: email,
  verified_since: z.union([instant, z.iso.date().transform((day) => `${day}T00:00:00.000Z`)], {
    error: 'a date such as 2024-05-31, or a date and time',
  }),
  channels: list.pipe(z.array(channel)),
  domains: list.pipe(z.array(hostname)),
});

type Row = z.output<typeof rowSchema>;

const columns = Object.keys(rowSchema.shape);

export type ImportSummary = {
  rows: number;
  verified: number;
  alreadyVerified: number;
  failed: number;
  failures: { row: number; accountId: string | null; why: string }[];
};

/**
 * Imports a CSV with the columns `account_id, company, owner_email, verified_since, channels, domains`. A row that
 * cannot be imported is reported, and the others go on. Running it again changes nothing.
 */
export async function importVerified(config: Config, file: string, signal: AbortSignal): Promise<ImportSummary> {
  if (statSync(file, { throwIfNoEntry: false }) === undefined) throw new UsageError(`There is no file ${file}.`);
  const summary: ImportSummary = { rows: 0, verified: 0, alreadyVerified: 0, failed: 0, failures: [] };
  const sender = await openSender(config);
  const parser = createReadStream(file).pipe(
    parse({ columns: checkHeader, bom: true, trim: true, skip_empty_lines: true }),
  );
  try {
    for await (const record of parser as AsyncIterable<Record<string, string>>) {
      if (signal.aborted) break;
      summary.rows += 1;
      await importRow(sender, record, summary);
      if (summary.rows % 1_000 === 0) note(`import-verified: ${summary.rows} rows`);
    }
  } finally {
    await sender.close();
  }
  return summary;
}

function checkHeader(header: string[]): string[] {
  const absent = columns.filter((column) => !header.includes(column) && column !== 'company');
  if (absent.length > 0)
    throw new UsageError(`The first line must name the columns ${columns.join(', ')}; absent: ${absent.join(', ')}.`);
  return header;
}

async function importRow(sender: Sender, record: Record<string, string>, summary: ImportSummary): Promise<void> {
  const row = rowSchema.safeParse(record);
  const fail = (why: string): void => {
    summary.failed += 1;
    summary.failures.push({ row: summary.rows, accountId: record['account_id'] ?? null, why });
  };
  if (!row.success) {
    fail(row.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
    return;
  }
  const refusal = await walk(sender, row.data);
  if (refusal === undefined) summary.verified += 1;
  else if (refusal === 'already_verified') summary.alreadyVerified += 1;
  else fail(`refused: ${refusal}`);
}

/** The row's commands; their ids follow from the row, so that a second run repeats them. */
async function walk(sender: Sender, row: Row): Promise<string | undefined> {
  const { account_id: accountId, company, owner_email: ownerEmail, verified_since: verifiedSince } = row;
  const key = (step: string): string =>
    `import-${createHash('sha256').update(`${accountId}\n${step}`).digest('hex').slice(0, 40)}`;
  const signUp = { ownerEmail, ...(company === undefined ? {} : { company }) };
  const signedUp = await sender.send(accountId, key('sign-up'), product, 'SignUp', signUp);
  if (signedUp.outcome === 'refused' && signedUp.code !== 'already_signed_up') return signedUp.code;
  const refused = (await walkSetup(sender, row, key)).find(({ outcome }) => outcome === 'refused');
  if (refused !== undefined) return refused.code;
  const basis = 'Verified before Gatehouse was introduced';
  const result = await sender.send(accountId, key('grandfather'), admin, 'GrandfatherAccount', {
    verifiedSince,
    basis,
  });
  if (result.outcome === 'done') return undefined;
  return result.status === 'verified' ? 'already_verified' : result.code;
}

/** The channels and domains that the account sends with today. */
async function walkSetup(sender: Sender, row: Row, key: (step: string) => string): Promise<Sent[]> {
  const accountId = row.account_id;
  const sent: Sent[] = [];
  for (const domain of row.domains) {
    sent.push(await sender.send(accountId, key(`add ${domain}`), product, 'AddDomain', { domain }));
    const check = { domain, outcome: 'verified' as const, records: [] };
    sent.push(await sender.send(accountId, key(`check ${domain}`), system, 'RecordDomainCheck', check));
  }
  for (const [channelId, kind, domain] of row.channels) {
    const channelData = { channelId, kind, ...(domain === undefined ? {} : { domain }) };
    sent.push(await sender.send(accountId, key(`channel ${channelId}`), product, 'ConfigureChannel', channelData));
  }
  return sent;
}
