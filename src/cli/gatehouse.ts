#!/usr/bin/env node
/** The program `gatehouse`: parse, call, answer. */
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import Table from 'cli-table3';
import { mermaidChart } from '../../machines/mermaid.js';
import { type Config, ConfigError, eventStoreChoice, type Flags, readConfig } from '../config.js';
import { LogsDiffer } from '../app/copyLog.js';
import { EventStoreError } from '../eventStore/eventStore.js';
import { id, messageType } from '../events/schemas.js';
import { toInstant } from '../events/time.js';
import { type ActorType, actorTypes, type MessageType } from '../events/vocabulary.js';
import { commandsOn, openLog, openTokens, productVersion } from '../parts.js';
import { mailLocales } from '../mail/locale.js';
import { mailTemplates } from '../policy/policy.js';
import { ReadModelsUnusable } from '../readModels/store.js';
import { DeliveriesUnusable, type DeliveryState, deliveryStates } from '../webhooks/deliveries.js';
import { copy } from './copy.js';
import { demo } from './demo.js';
import { importVerified } from './importVerified.js';
import { askGate, gateAction, printGate, printShown, showAccount } from './inspect.js';
import { exit, note, print, printJson, UsageError } from './output.js';
import { checkFile, printChecked, printPolicy, printPublished, publishFile, showPolicy } from './policy.js';
import { accountOfReference, localeOf, previewMail, templateOf } from './mail.js';
import { listParked, printParked, replayParked } from './processes.js';
import { rebuild } from './rebuild.js';
import { defaultRejectsFile, runFile, type RunSummary } from './run.js';
import { serve } from './serve.js';
import { listDeliveries, printDeliveries, replayDeliveries } from './webhooks.js';

const program = new Command('gatehouse')
  .description('Account verification for messaging providers: one statechart, an event log, a sending gate.')
  .version(productVersion())
  .option('--data <dir>', 'folder of the embedded store and everything else (GATEHOUSE_DATA)', undefined)
  .option('--event-store <url>', 'sqlite:<file> or esdb://…, when the log is elsewhere (GATEHOUSE_EVENT_STORE)')
  .option('--json', 'one JSON document on stdout; notes and progress on stderr')
  .showHelpAfterError('(gatehouse --help lists the commands)')
  .exitOverride();

type Global = Flags & { readonly json?: true };

function configOf(command: Command): { config: Config; json: boolean } {
  const flags = command.optsWithGlobals<Global>();
  return { config: readConfig(process.env, flags), json: flags.json === true };
}

/** Aborts at the first Ctrl-C; the work then ends cleanly. */
function interruptible(): AbortSignal {
  const interrupted = new AbortController();
  const stop = (): void => {
    note('Stopping: what is under way finishes. Run it again to go on.');
    interrupted.abort();
    process.exitCode = 130;
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  return interrupted.signal;
}

/** Adds a command with the flags that every command takes, wherever they stand on the line. */
function subcommand(parent: Command, usage: string, description: string): Command {
  return parent
    .command(usage)
    .description(description)
    .option('--data <dir>', 'folder of the embedded store')
    .option('--json', 'one JSON document on stdout');
}

subcommand(program, 'serve', 'run the service: API, gate, docs')
  .option('--host <address>', 'address to listen on (GATEHOUSE_HOST)')
  .option('--port <number>', 'port; 0 lets the system choose (GATEHOUSE_PORT)')
  .action(async (_options, command: Command) => serve(configOf(command).config));

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

function printRun({ refusedBy, states, ...counts }: RunSummary, rejectsFile: string): void {
  for (const [name, count] of Object.entries(counts)) print(`${name.padEnd(10)} ${count}`);
  for (const [state, count] of Object.entries(states)) print(`accounts in ${state}: ${count}`);
  for (const [what, count] of Object.entries(refusedBy)) print(`refused ${what}: ${count}`);
  if (counts.refused + counts.malformed > 0) print(`refused and malformed lines: ${rejectsFile}`);
}

subcommand(program, 'show', 'an account at a glance: state, guide, gate, timeline')
  .argument('<account>')
  .action(async (account: string, _options, command: Command) => {
    const { config, json } = configOf(command);
    const shown = await showAccount(config, account);
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

type GateOptions = { channel?: string; messageType?: string };

function messageTypeOf(text: string): MessageType {
  const parsed = messageType.safeParse(text);
  if (!parsed.success) throw new UsageError(`--message-type is one of ${messageType.options.join(', ')}`);
  return parsed.data;
}

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
      print(`${copied.events} events in ${copied.streams} streams, equal in both stores (${copied.copied} copied now)`);
    } else print(`stopped after ${copied.found + copied.copied} events; run it again to go on`);
  });

const processes = program
  .command('processes')
  .description('processes that act on events: mail, screening and the like');
subcommand(processes, 'parked', 'events whose effect failed again and again')
  .argument('<process>')
  .action(async (name: string, _options, command: Command) => {
    const { config, json } = configOf(command);
    const parked = await listParked(config, name);
    if (json) printJson({ process: name, parked });
    else printParked(name, parked);
  });
subcommand(processes, 'replay', 'try what is parked once more')
  .argument('<process>')
  .action(async (name: string, _options, command: Command) => {
    const { config, json } = configOf(command);
    const replayed = await replayParked(config, name);
    if (json) printJson({ process: name, replayed });
    else print(`Events that are tried once more: ${replayed}`);
  });

const mail = program.command('mail').description('mails to customers');
subcommand(mail, 'preview', 'a mail as it would go out, with sample data or an account’s')
  .argument('<template>', mailTemplates.join(', '))
  .option('--account <id>', 'the last mail of this kind that the account had reason for', idOf)
  .option('--locale <language>', `${mailLocales.join(' or ')} (default: each reader’s own)`)
  .option('--text', 'subject and text (the default)')
  .option('--html', 'only the HTML, to be opened in a browser')
  .action(async (template: string, options: PreviewOptions, command: Command) => {
    const { config, json } = configOf(command);
    if (options.html === true && options.text === true) throw new UsageError('Either --html or --text.');
    const locale = options.locale === undefined ? undefined : localeOf(options.locale);
    const mails = await previewMail(config, templateOf(template), { account: options.account, locale });
    if (json) printJson({ mails });
    else if (options.html === true) print(mails[0]?.html.trimEnd() ?? '');
    else for (const { to, subject, text } of mails) print(`To: ${to}\nSubject: ${subject}\n\n${text}`);
  });

type PreviewOptions = { account?: string; locale?: string; text?: true; html?: true };

subcommand(mail, 'account', 'the account that a reference in a mail belongs to')
  .argument('<reference>', 'what stands after “Reference:”, or after the + in the address')
  .action(async (reference: string, _options, command: Command) => {
    const { config, json } = configOf(command);
    const account = await accountOfReference(config, reference);
    if (account === undefined) throw new UsageError(`No account has the reference ${reference}.`);
    if (json) printJson({ reference, account });
    else print(account);
  });
const webhooks = program
  .command('webhooks')
  .description('what the product backend is told; also while the service runs');
subcommand(webhooks, 'deliveries', 'webhooks and what became of them, the newest first')
  .option('--account <id>', 'only this account’s', idOf)
  .option('--state <state>', `one of ${deliveryStates.join(', ')}`, deliveryStateOf)
  .option('--limit <number>', 'most lines', countOf, 100)
  .action((options: { account?: string; state?: DeliveryState; limit: number }, command: Command) => {
    const { config, json } = configOf(command);
    const { account: accountId, state, limit } = options;
    const deliveries = listDeliveries(config, { accountId, state, limit });
    if (json) printJson({ deliveries });
    else printDeliveries(deliveries);
  });
subcommand(webhooks, 'replay', 'send once more, under the same webhook id: one delivery, or those since a time')
  .argument('[delivery]', 'its id, as `webhooks deliveries` shows it')
  .option('--account <id>', 'all of this account', idOf)
  .option('--since <time>', 'all that were made since', instantOf)
  .action((delivery: string | undefined, options: { account?: string; since?: string }, command: Command) => {
    const { config, json } = configOf(command);
    const { account: accountId, since } = options;
    const several = accountId !== undefined || since !== undefined;
    if ((delivery !== undefined) === several) {
      throw new UsageError('Name one delivery by its id, or several by --account, --since or both.');
    }
    const filter = {
      ...(accountId === undefined ? {} : { accountId }),
      ...(since === undefined ? {} : { since }),
    };
    const replayed = replayDeliveries(config, delivery === undefined ? filter : { id: delivery });
    if (json) printJson({ replayed });
    else print(`Deliveries that are sent once more: ${replayed}`);
  });

function deliveryStateOf(text: string): DeliveryState {
  const state = deliveryStates.find((known) => known === text);
  if (state === undefined) throw new InvalidArgumentError(`States: ${deliveryStates.join(', ')}.`);
  return state;
}

function countOf(text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new InvalidArgumentError('A whole number from 1 on.');
  return Number(text);
}

subcommand(program, 'chart', 'the chart as a Mermaid drawing').action((_options, command: Command) => {
  if (configOf(command).json) printJson({ mermaid: mermaidChart() });
  else print(mermaidChart().trimEnd());
});

const policy = program.command('policy').description('the policy: which checks approve, how long things take, …');
subcommand(policy, 'show', 'the policy in force; with --json as a file to change')
  .argument('[version]', 'an earlier one')
  .action(async (version: string | undefined, _options, command: Command) => {
    const { config, json } = configOf(command);
    const shown = await showPolicy(config, version);
    if (json) printJson(shown);
    else printPolicy(shown);
  });
subcommand(policy, 'check', 'check a policy, and say what it would change')
  .argument('<file>', 'the file, or - for standard input')
  .action(async (file: string, _options, command: Command) => {
    const { config, json } = configOf(command);
    const checked = await checkFile(config, file);
    if (json) printJson(checked);
    else printChecked(checked);
    if (!checked.valid) process.exitCode ??= exit.found;
  });
subcommand(policy, 'publish', 'put a policy in force, also while the service runs')
  .argument('<file>', 'the file, or - for standard input')
  .action(async (file: string, _options, command: Command) => {
    const { config, json } = configOf(command);
    const published = await publishFile(config, file);
    if (json) printJson(published);
    else printPublished(published);
    if (published.outcome === 'refused') process.exitCode ??= exit.found;
  });

const token = program.command('token').description('access tokens; also while the service runs');
subcommand(token, 'create', 'make a token; it is shown this once')
  .requiredOption('--role <role>', `one of ${actorTypes.join(', ')}`, roleOf)
  .option('--actor <id>', 'who it speaks for (default: the role)', idOf)
  .option('--account <id>', 'the account that a customer’s token is bound to', idOf)
  .option('--expires <when>', 'date and time after which it stops working', instantOf)
  .action((options: TokenOptions, command: Command) => {
    const { config, json } = configOf(command);
    const { role, actor = role, account, expires } = options;
    if ((role === 'customer') !== (account !== undefined)) {
      throw new UsageError(
        role === 'customer' ? 'A customer’s token needs --account <id>.' : '--account is for customers’ tokens only.',
      );
    }
    const tokens = openTokens(config);
    const made = tokens.create({
      role,
      actor,
      ...(account === undefined ? {} : { accountId: account }),
      ...(expires === undefined ? {} : { expiresAt: expires }),
    });
    tokens.close();
    if (json) printJson({ token: made, role, actor, ...(account === undefined ? {} : { accountId: account }) });
    else print(made);
  });

type TokenOptions = { role: ActorType; actor?: string; account?: string; expires?: string };

subcommand(token, 'list', 'the tokens there are, without what would let somebody use them').action(
  (_options, command: Command) => {
    const { config, json } = configOf(command);
    const tokens = openTokens(config);
    const lines = tokens.list();
    tokens.close();
    if (json) {
      printJson({ tokens: lines });
      return;
    }
    const table = new Table({ head: ['id', 'role', 'actor', 'account', 'expires'], style: { head: [], border: [] } });
    for (const line of lines) table.push([line.id, line.role, line.actor, line.accountId ?? '', line.expiresAt ?? '']);
    print(table.toString());
  },
);

subcommand(token, 'revoke', 'revoke a token by its id, as `token list` shows it')
  .argument('<id>')
  .action((tokenId: string, _options, command: Command) => {
    const { config, json } = configOf(command);
    const tokens = openTokens(config);
    const revoked = tokens.revoke(tokenId);
    tokens.close();
    if (!revoked) throw new UsageError(`There is no token ${tokenId}.`);
    if (json) printJson({ revoked: tokenId });
    else print(`revoked ${tokenId}`);
  });

function roleOf(text: string): ActorType {
  const role = actorTypes.find((known) => known === text);
  if (role === undefined) throw new InvalidArgumentError(`Roles: ${actorTypes.join(', ')}.`);
  return role;
}

function idOf(text: string): string {
  if (!id.safeParse(text).success)
    throw new InvalidArgumentError('An id is 1 to 128 characters of A-Z a-z 0-9 . _ : # -');
  return text;
}

function instantOf(text: string): string {
  const instant = toInstant(text);
  if (instant === undefined) throw new InvalidArgumentError('A date and time such as 2027-01-31T12:00:00Z.');
  return instant;
}

/** The exit code of an error, after saying it. */
function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exit.done : exit.usage;
  if (error instanceof UsageError || error instanceof ConfigError) {
    note(error.message);
    return exit.usage;
  }
  if (error instanceof LogsDiffer) {
    note(error.message);
    return exit.found;
  }
  if (isSystemError(error) && error.code === 'EADDRINUSE') {
    note(`${error.message}. Stop what listens there, or choose another with --port.`);
    return exit.infrastructure;
  }
  const unusable = error instanceof ReadModelsUnusable || error instanceof DeliveriesUnusable;
  if (error instanceof EventStoreError || unusable || isSystemError(error)) {
    note(error.message);
    return exit.infrastructure;
  }
  note(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return exit.infrastructure;
}

/** An error of the operating system: no rights, the port taken, the disk full. */
function isSystemError(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}

// A reader such as `head` that has seen enough is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exit.done);
  throw error;
});

program.parseAsync().catch((error: unknown) => {
  process.exitCode = report(error);
});
