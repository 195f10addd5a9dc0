/** Commands of the proof: checkpoints, verification, bundles, the key. */
import { existsSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import type { Bundle } from '../../audit/bundle.js';
import { type Finding, findingLine } from '../../audit/findings.js';
import type { Taken } from '../../audit/take.js';
import type { Verification } from '../../audit/verify.js';
import { AuditFound, bundleNow, keyNow, takeNow, verifyNow } from '../audit.js';
import { plain } from '../colour.js';
import { exit, print, printJson, UsageError } from '../output.js';
import { configOf, idOf, interruptible, subcommand } from '../program.js';

/** So many findings are printed; `--json` has more. */
const mostPrinted = 20;

/** Adds these commands to the program. */
export function registerAudit(program: Command): void {
  const audit = program.command('audit').description('prove what happened, and that nothing was altered');
  subcommand(audit, 'checkpoint', 'sign what the log holds now').action(async (_options, command: Command) => {
    const { config, json } = configOf(command);
    const taken = await takeNow(config, interruptible({ goesOn: false }));
    if (json) printJson(taken);
    else printTaken(taken);
    if (taken.kind === 'refused') process.exitCode ??= exit.found;
  });
  subcommand(audit, 'verify', 'check every event, the chart and the checkpoints; exit code 1 when anything is found')
    .option('--public-key <file>', 'the key that you kept elsewhere (default: the one beside the checkpoints)')
    .option('--at-least <number>', 'a checkpoint that you know of: that the newest ones were removed shows', numberOf)
    .action(async (options: { publicKey?: string; atLeast?: number }, command: Command) => {
      const { config, json } = configOf(command);
      const { publicKey: keyFile, atLeast } = options;
      const verification = await verifyNow(config, { keyFile, atLeast, signal: interruptible({ goesOn: false }) });
      if (json) printJson(verification);
      else printVerification(verification);
      if (verification.found > 0) process.exitCode ??= exit.found;
    });
  subcommand(audit, 'bundle', 'one file that proves an account’s events to an outside auditor')
    .argument('<account>', 'the account', idOf)
    .option('--out <file>', 'where it goes (default: standard output)')
    .option('--checkpoint <number>', 'as of an earlier checkpoint (default: one taken now)', numberOf)
    .action(async (accountId: string, options: { out?: string; checkpoint?: number }, command: Command) => {
      const { config, json } = configOf(command);
      const { checkpoint, out } = options;
      const folder = dirname(out ?? '.');
      if (!existsSync(folder)) throw new UsageError(`There is no folder ${folder} for --out. Make it first.`);
      const request = { accountId, ...(checkpoint === undefined ? {} : { checkpoint }), signal: interruptible() };
      const bundle = await orFound(async () => bundleNow(config, request), json);
      if (bundle !== undefined) handOver(bundle, out, json);
    });
  subcommand(audit, 'key', 'the public key of the checkpoints and its fingerprint, to be kept elsewhere').action(
    async (_options, command: Command) => {
      const { config, json } = configOf(command);
      const key = await keyNow(config);
      if (json) printJson(key);
      else print(`${key.publicKey}fingerprint ${key.fingerprint}`);
    },
  );
}

function numberOf(text: string): number {
  if (/^[1-9]\d{0,11}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('The number of a checkpoint: 1, 2, 3, …');
}

/** What was found instead of an answer is said, with its exit code. */
async function orFound<T>(work: () => Promise<T>, json: boolean): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AuditFound)) throw error;
    if (json) printJson({ findings: error.findings });
    else printFindings(error.findings, error.findings.length);
    process.exitCode ??= exit.found;
    return undefined;
  }
}

function printFindings(findings: readonly Finding[], count: number): void {
  for (const finding of findings.slice(0, mostPrinted)) print(plain(`  ${findingLine(finding)}`));
  if (count > mostPrinted) print(`  and ${count - mostPrinted} more`);
}

function printTaken(taken: Taken): void {
  if (taken.kind === 'stopped') return;
  if (taken.kind === 'empty') {
    print('There is nothing in the log yet, so there is nothing to sign.');
    return;
  }
  if (taken.kind === 'refused') {
    print(`Nothing was signed: ${taken.count} findings`);
    printFindings(taken.findings, taken.count);
    return;
  }
  const { number, events, streams, position, takenAt, key } = taken.checkpoint.statement;
  const what = taken.kind === 'taken' ? 'taken' : `nothing new since it was taken ${takenAt}`;
  print(`checkpoint ${number} (${what}): ${events} events of ${streams} streams, up to position ${position}`);
  print(`  file  ${taken.file}\n  key   ${key}`);
}

function printVerification(found: Verification): void {
  const { events, streams, checkpoints, verifiedTo, uncovered } = found;
  print(`${events} events of ${streams} streams, ${checkpoints} checkpoints`);
  if (!found.complete) {
    print('Stopped before the end: what was not read was not verified.');
  } else if (checkpoints === 0) {
    print('No checkpoint vouches for them: take one with gatehouse audit checkpoint, and keep it elsewhere.');
  } else if (verifiedTo === null) {
    print('None of it is proved.');
  } else {
    print(`proved up to position ${verifiedTo}; ${uncovered} later events have no checkpoint yet`);
  }
  if (found.found === 0) {
    print('Nothing was found.');
    return;
  }
  print(`${found.found} findings:`);
  printFindings(found.findings, found.found);
}

function handOver(bundle: Bundle, out: string | undefined, json: boolean): void {
  const text = `${JSON.stringify(bundle)}\n`;
  if (out === undefined) {
    process.stdout.write(text);
    return;
  }
  writeFileSync(out, text, { mode: 0o600 });
  const { number, key } = bundle.checkpoint.statement;
  const { account, events, policies, uncovered } = bundle;
  if (json) {
    printJson({
      file: out,
      account,
      events: events.length,
      policies: policies.length,
      uncovered,
      checkpoint: number,
      key,
    });
    return;
  }
  print(
    `${out}: ${events.length} events of ${account}, as of checkpoint ${number}; ${uncovered} later ones are not in it`,
  );
  print('Anybody can check it: node src/audit/verifyBundle.mjs <file> --key <public key>');
}
