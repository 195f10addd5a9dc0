/** What the service does by itself, and tells: processes, mails, webhooks. */
import { type Command, InvalidArgumentError } from 'commander';
import { mailLocales } from '../../mail/locale.js';
import { mailTemplates } from '../../policy/policy.js';
import { type DeliveryState, deliveryStates } from '../../webhooks/deliveries.js';
import { print, printJson, UsageError } from '../output.js';
import { accountOfReference, localeOf, previewMail, templateOf } from '../mail.js';
import { listDeliveries, printDeliveries, replayDeliveries } from '../webhooks.js';
import { configOf, subcommand, idOf, instantOf } from '../program.js';

/** They know every process, and so take long to load. */
const parkedEvents = async () => import('../processes.js');

/** Adds these commands to the program. */
export function registerTelling(program: Command): void {
  const processes = program
    .command('processes')
    .description('processes that act on events: mail, screening and the like');
  subcommand(processes, 'parked', 'events whose effect failed again and again')
    .argument('<process>')
    .action(async (name: string, _options, command: Command) => {
      const { config, json } = configOf(command);
      const { listParked, printParked } = await parkedEvents();
      const parked = await listParked(config, name);
      if (json) printJson({ process: name, parked });
      else printParked(name, parked);
    });
  subcommand(processes, 'replay', 'try what is parked once more')
    .argument('<process>')
    .action(async (name: string, _options, command: Command) => {
      const { config, json } = configOf(command);
      const { replayParked } = await parkedEvents();
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
}

type PreviewOptions = { account?: string; locale?: string; text?: true; html?: true };

function deliveryStateOf(text: string): DeliveryState {
  const state = deliveryStates.find((known) => known === text);
  if (state === undefined) throw new InvalidArgumentError(`States: ${deliveryStates.join(', ')}.`);
  return state;
}

function countOf(text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new InvalidArgumentError('A whole number from 1 on.');
  return Number(text);
}
