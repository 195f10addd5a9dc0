/** `gatehouse mail`: mails as they would go out, and the account that a reference belongs to. */
import { stateOf } from '../../machines/fold.js';
import { readAccount } from '../app/account.js';
import { policyOf, readPolicy } from '../app/policySource.js';
import type { Config } from '../config.js';
import type { EventStore } from '../eventStore/eventStore.js';
import { accountOf } from '../events/envelope.js';
import { decode } from '../events/upcast.js';
import { type MailContent, composeMail } from '../mail/compose.js';
import { type MailLocale, mailLocales } from '../mail/locale.js';
import { type Notice, noticeOf, openQuestionsNotice, toldEvents } from '../mail/notice.js';
import { type Recipient, recipients } from '../mail/recipients.js';
import { mailReference } from '../mail/reference.js';
import { sampleAccount, sampleNotice } from '../mail/sample.js';
import { describeLog, openLogForReading, systemClock } from '../parts.js';
import { builtInPolicy, type MailTemplate, mailTemplates } from '../policy/policy.js';
import { UsageError } from './output.js';

export type Preview = MailContent & {
  readonly template: MailTemplate;
  readonly locale: MailLocale;
  readonly to: string;
};

/** A template by its name. @throws {UsageError} with the list of templates */
export function templateOf(name: string): MailTemplate {
  const template = mailTemplates.find((known) => known === name);
  if (template === undefined) {
    throw new UsageError(`There is no template ${name}. Templates: ${mailTemplates.join(', ')}`);
  }
  return template;
}

/** A language that mails are written in. @throws {UsageError} with the list of languages */
export function localeOf(text: string): MailLocale {
  const locale = mailLocales.find((known) => known === text);
  if (locale === undefined) throw new UsageError(`--locale is one of ${mailLocales.join(', ')}`);
  return locale;
}

async function withLog<T>(config: Config, use: (store: EventStore) => Promise<T>): Promise<T> {
  const store = openLogForReading(config);
  if (store === undefined) throw new UsageError(`There is no store at ${describeLog(config)} yet.`);
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}

type Subject = { readonly accountId: string; readonly company: string | undefined; readonly notice: Notice };
type Shown = Subject & { readonly to: readonly Recipient[] };

/**
 * A mail as it would go out: of an account, the last one that this template gave or would give reason for; else of an
 * invented one.
 * @returns one for each reader; with a locale, each in that language
 * @throws {UsageError} when there is no such account, or it had no reason for this template yet
 */
export async function previewMail(
  config: Config,
  template: MailTemplate,
  { account, locale }: { readonly account?: string | undefined; readonly locale?: MailLocale | undefined },
): Promise<Preview[]> {
  const shown = account === undefined ? sample(template) : await ofAccount(config, template, account);
  const provider = { name: config.providerName, dashboardUrl: config.dashboardUrl };
  return shown.to.map((recipient) => {
    const to = { ...recipient, locale: locale ?? recipient.locale };
    const reference = mailReference(shown.accountId);
    return { template, locale: to.locale, to: to.email, ...composeMail({ ...shown, to, provider, reference }) };
  });
}

function sample(template: MailTemplate): Shown {
  const { accountId, company, contact } = sampleAccount;
  return { accountId, company, notice: sampleNotice(template, systemClock()), to: [{ ...contact, locale: 'en' }] };
}

async function ofAccount(config: Config, template: MailTemplate, accountId: string): Promise<Shown> {
  return withLog(config, async (store) => {
    const policy = ((await readPolicy(store)) ?? policyOf(builtInPolicy)).document;
    const account = await readAccount(store, accountId);
    if (account.revision < 0) throw new UsageError(`There is no account ${accountId}.`);
    const { facts } = account.snapshot.context;
    if (template === 'information_reminder') {
      const notice = openQuestionsNotice(template, { facts, state: stateOf(account.snapshot) });
      if (notice === undefined) throw new UsageError(`${accountId} has no open questions to be reminded of.`);
      return { accountId, company: facts.company, notice, to: recipients(facts, notice, policy) };
    }
    let last: Shown | undefined;
    for await (const stored of store.read(account.stream)) {
      const { fact, revision } = decode(stored);
      if (!tells.has(fact.type)) continue;
      const { snapshot } = await readAccount(store, accountId, revision);
      const then = { facts: snapshot.context.facts, state: stateOf(snapshot) };
      const notice = noticeOf(fact, then, policy);
      if (notice?.template !== template) continue;
      last = { accountId, company: then.facts.company, notice, to: recipients(then.facts, notice, policy) };
    }
    if (last === undefined) throw new UsageError(`${accountId} has had no reason for ${template} yet.`);
    return last;
  });
}

/** Only for these the account is looked at as it was then. */
const tells: ReadonlySet<string> = new Set(toldEvents);

/** The account whose mails carry a reference; undefined when there is none. */
export async function accountOfReference(config: Config, reference: string): Promise<string | undefined> {
  const wanted = reference.toLowerCase();
  return withLog(config, async (store) => {
    for await (const { stream } of store.readAll({ types: ['AccountSignedUp'] })) {
      const accountId = accountOf(stream);
      if (accountId !== undefined && mailReference(accountId) === wanted) return accountId;
    }
    return undefined;
  });
}
