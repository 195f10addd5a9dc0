/** What runs and shows the log: the service, command files, accounts, the gate, read models, copies. */
import type { Command } from 'commander';
import type { Then } from '../../app/asOf.js';
import { eventStoreChoice } from '../../config.js';
import { messageType } from '../../events/schemas.js';
import type { MessageType } from '../../events/vocabulary.js';
import { commandsOn, openLog } from '../../parts.js';
import { copy } from '../copy.js';
import { demo } from '../demo.js';
import { importVerified } from '../importVerified.js';
import { askGate, gateAction, printGate, printShown, showAccount } from '../inspect.js';
import { exit, print, printJson, UsageError } from '../output.js';
import { rebuild } from '../rebuild.js';
import { defaultRejectsFile, runFile, type RunSummary } from '../run.js';
import { configOf, instantOf, interruptible, subcommand } from '../program.js';

/** Adds these commands to the program. */
export function registerLog(program: Command): void {
  subcommand(program, 'serve', 'run the service: API, gate, docs')
    .option('--host <address>', 'address to listen on (GATEHOUSE_HOST)')
    .option('--port <number>', 'port; 0 lets the system choose (GATEHOUSE_PORT)')
    .action(async (_options, command: Command) => {
      // Only a service needs all of it; every other command starts in half the time without.
      const { serve } = await import('../serve.js');
      await serve(configOf(command).config);
    });
  subcommand(program, 'run', 'run a command file (NDJSON, plain or gzip) into the log')
    .argument('<file>', 'the file, or - for standard input')
    .option('--rejects <file>', 'where refused and malformed lines go (default: <data>/rejects/…)')
    .action(async (file: string, options: { rejects?: string }, command: Command) => {
      const { config, json } = configOf(command);
      const store = openLog(config);
      try {
        const rejectsFile = options.rejects ?? defaultRejectsFile(config.data, file);
        const summary = await runFile(await commandsOn(store), { file, rejectsFile, signal: interruptible() });
        if (json) printJson(summary);
        else printRun(summary, rejectsFile);
        if (summary.malformed > 0) process.exitCode ??= exit.found;
      } finally {
        await store.close();
      }
    });
  subcommand(program, 'show', 'an account at a glance, as it is or as it was: state, guide, gate, timeline')
    .argument('<account>')
    .option('--as-of <revision|date-time>', 'as it was after a revision or at an instant', thenOf)
    .option('--known <date-time>', 'with --as-of: by what had been recorded by then', instantOf)
    .action(async (account: string, { asOf, known }: ShowOptions, command: Command) => {
      const { config, json } = configOf(command);
      if (asOf === undefined && known !== undefined) throw new UsageError('--known goes with --as-of.');
      const shown = await showAccount(config, account, asOf === undefined ? undefined : { ...asOf, known });
      if (json) printJson(shown);
      else printShown(shown);
    });
  subcommand(program, 'gate', 'ask the gate: may this account do this now, and why')
    .argument('<account>')
    .argument('<action>', 'message.send, campaign.start, …')
    .option('--channel <id>', 'one channel')
    .option('--message-type <type>', 'one message type')
    .action(async (account: string, action: string, options: GateOptions, command: Command) => {
      const { config, json } = configOf(command);
      const question = {
        action: gateAction(action),
        channelId: options.channel,
        messageType: options.messageType === undefined ? undefined : messageTypeOf(options.messageType),
      };
      const decision = await askGate(config, account, question);
      if (json) printJson(decision);
      else printGate(account, decision);
    });
  subcommand(program, 'demo', 'make three sample accounts: in review, asked for more, verified').action(
    async (_options, command: Command) => {
      const { config, json } = configOf(command);
      const accounts = await demo(config);
      if (json) printJson({ accounts });
      else for (const { accountId, shows } of accounts) print(`${accountId.padEnd(6)} ${shows}`);
    },
  );
  subcommand(program, 'import-verified', 'import customers whom you already trust, with their channels and domains')
    .argument('<csv>', 'columns: account_id, company, owner_email, verified_since, channels, domains')
    .action(async (file: string, _options, command: Command) => {
      const { config, json } = configOf(command);
      const summary = await importVerified(config, file, interruptible());
      if (json) printJson(summary);
      else {
        print(
          `rows ${summary.rows} · verified ${summary.verified} · already verified ${summary.alreadyVerified} · failed ${summary.failed}`,
        );
        for (const { row, accountId, why } of summary.failures) print(`row ${row} (${accountId ?? '?'}): ${why}`);
      }
      if (summary.failed > 0) process.exitCode ??= exit.found;
    });
  const projections = program.command('projections').description('read models');
  subcommand(projections, 'rebuild', 'rebuild a read model from the log, or all of them; the old rows serve meanwhile')
    .argument('[name]')
    .action(async (name: string | undefined, _options, command: Command) => {
      const { config, json } = configOf(command);
      const rebuilt = await rebuild(config, name);
      if (json) printJson({ rebuilt });
      else for (const { projection, events } of rebuilt) print(`${projection}: rebuilt from ${events} events`);
    });
  subcommand(program, 'copy', 'copy the log into another store, and prove that the copy is equal')
    .option('--from <store>', 'sqlite:<file> or esdb://… (default: the configured store)')
    .option('--to <store>', 'sqlite:<file> or esdb://…, empty or begun by an earlier copy (GATEHOUSE_COPY_TO)')
    .action(async (options: { from?: string; to?: string }, command: Command) => {
      const { config, json } = configOf(command);
      const to = options.to ?? process.env['GATEHOUSE_COPY_TO'];
      if (to === undefined) throw new UsageError('--to <store> says where the copy goes (or GATEHOUSE_COPY_TO).');
      const from = options.from === undefined ? config.eventStore : eventStoreChoice(options.from);
      const copied = await copy(from, eventStoreChoice(to), interruptible());
      if (json) printJson(copied);
      else if (copied.complete) {
        print(
          `${copied.events} events in ${copied.streams} streams, equal in both stores (${copied.copied} copied now)`,
        );
      } else print(`stopped after ${copied.found + copied.copied} events; run it again to go on`);
    });
}

function printRun({ refusedBy, states, ...counts }: RunSummary, rejectsFile: string): void {
  for (const [name, count] of Object.entries(counts)) print(`${name.padEnd(10)} ${count}`);
  for (const [state, count] of Object.entries(states)) print(`accounts in ${state}: ${count}`);
  for (const [what, count] of Object.entries(refusedBy)) print(`refused ${what}: ${count}`);
  if (counts.refused + counts.malformed > 0) print(`refused and malformed lines: ${rejectsFile}`);
}

type ShowOptions = { asOf?: Then; known?: string };

function thenOf(text: string): Then {
  return /^\d{1,9}$/.test(text) ? { revision: Number(text) } : { at: instantOf(text) };
}

type GateOptions = { channel?: string; messageType?: string };

function messageTypeOf(text: string): MessageType {
  const parsed = messageType.safeParse(text);
  if (!parsed.success) throw new UsageError(`--message-type is one of ${messageType.options.join(', ')}`);
  return parsed.data;
}
