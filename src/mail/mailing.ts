/** Everything about mails that a running service needs, made when it is first used. */
import type { CommandHandlerDeps } from '../app/handleCommand.js';
import type { RecordedEvent } from '../events/upcast.js';
import type { Command } from '../commands/decide.js';
import type { AccountFacts } from '../policy/facts.js';
import type { Provider } from './compose.js';
import { deliverDue } from './deliver.js';
import { fileTransport } from './fileTransport.js';
import { type ForeseenMails, foreseeMails } from './foreseen.js';
import type { Sender } from './message.js';
import { Outbox, type Queued } from './outbox.js';
import { dueReminders, mailsOf, type PlannerDeps } from './planner.js';
import { dueReminder } from './reminders.js';
import { smtpTransport, type SmtpTimes } from './smtpTransport.js';
import type { MailTransport } from './transport.js';

export type MailSettings = {
  readonly sender: Sender;
  readonly dashboardUrl: string;
  /** Where mails go; without it they become files in the folder. */
  readonly smtpUrl?: string;
  readonly folder: string;
  readonly outboxFile: string;
  readonly smtpTimes?: SmtpTimes;
};

/** How long a mail under way may still take when the service stops, in milliseconds. */
const grace = 5_000;

export class Mailing {
  readonly #commands: CommandHandlerDeps;
  readonly #settings: MailSettings;
  #outbox: Outbox | undefined;
  #transport: MailTransport | undefined;

  constructor(commands: CommandHandlerDeps, settings: MailSettings) {
    this.#commands = commands;
    this.#settings = settings;
  }

  get #provider(): Provider {
    const { sender, dashboardUrl } = this.#settings;
    return { name: sender.providerName, dashboardUrl };
  }

  get #planner(): PlannerDeps {
    return {
      commands: this.#commands,
      provider: this.#provider,
      isOnItsWay: (accountId, template, email) => this.#box().has(accountId, template, email),
    };
  }

  /** Takes over the mails that an event gives reason for: when it returns, they are not lost any more. */
  async tell(event: RecordedEvent): Promise<void> {
    this.#box().add(await mailsOf(this.#planner, event), this.#commands.now());
  }

  /** The mails that a command would lead to if it came now; none of them is kept or sent. @throws {EventStoreError} */
  async foresee(accountId: string, command: Command): Promise<ForeseenMails> {
    return foreseeMails({ commands: this.#commands, provider: this.#provider }, accountId, command);
  }

  /** Whether a reminder is due by these facts, which may be a little old. */
  mayRemind({ information }: AccountFacts): boolean {
    const { remindBeforeDays } = this.#commands.policy().document.information;
    return information !== undefined && dueReminder(information, remindBeforeDays, this.#commands.now()) !== undefined;
  }

  /** Takes over the reminders that are due on an account. */
  async remind(accountId: string): Promise<void> {
    this.#box().add(await dueReminders(this.#planner, accountId), this.#commands.now());
  }

  /** Sends what is due. A mail under way when the signal aborts has a moment to end. @throws see `deliverDue` */
  async deliver(signal: AbortSignal): Promise<void> {
    const late = new AbortController();
    const stop = (): void => void setTimeout(() => late.abort(), grace).unref();
    signal.addEventListener('abort', stop, { once: true });
    try {
      const deps = { commands: this.#commands, outbox: this.#box(), transport: this.#wayOut() };
      await deliverDue(deps, signal, late.signal);
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  /** How many mails wait here, how many of them were tried already, and for how long the oldest has waited, in seconds. */
  waiting(): { readonly count: number; readonly tried: number; readonly oldestSeconds: number } {
    const { count, tried, since } = this.#outbox?.waiting() ?? { count: 0, tried: 0, since: null };
    const age = since === null ? 0 : (Date.parse(this.#commands.now()) - Date.parse(since)) / 1_000;
    return { count, tried, oldestSeconds: Math.max(0, age) };
  }

  /** The mails that wait here, the newest first: see `Outbox.list`. */
  queued(limit: number, accountId: string | undefined, before?: number): Queued[] {
    return this.#box().list(limit, accountId, before);
  }

  close(): void {
    this.#transport?.close();
    this.#outbox?.close();
  }

  #box(): Outbox {
    return (this.#outbox ??= new Outbox(this.#settings.outboxFile));
  }

  #wayOut(): MailTransport {
    const { smtpUrl, sender, folder, smtpTimes } = this.#settings;
    const now = (): Date => new Date(this.#commands.now());
    return (this.#transport ??=
      smtpUrl === undefined ? fileTransport(folder, sender, now) : smtpTransport(smtpUrl, sender, now, smtpTimes));
  }
}
