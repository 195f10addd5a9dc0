/** The process `domains`: looks at domains when they are added, when somebody waits for them, and on schedule. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { claimKey, type DomainClaim } from '../../projections/domainClaims.js';
import { DomainAgenda, type DueDomain } from '../domains/agenda.js';
import type { DomainChecks } from '../domains/domainChecks.js';
import { EventStoreError } from '../eventStore/eventStore.js';
import { accountOf } from '../events/envelope.js';
import { plusMilliseconds } from '../events/time.js';
import type { ReadModels } from '../readModels/readModels.js';
import type { Loop, Process, Processes } from './process.js';

export type DomainProcessParts = {
  readonly checks: DomainChecks;
  readonly readModels: Pick<ReadModels, 'domainClaims' | 'accounts'>;
};

const name = 'domains';

/** How often it looks for what is due, in milliseconds: so soon a new domain is looked at. */
const lookEvery = 1_000;

/** So many domains are looked at side by side; each asks for a handful of records. */
const sideBySide = 8;

/** How long a domain whose look failed is left alone, in milliseconds. */
const putOffFor = 15 * 60_000;

/** Most domains of one run, and most claims read at once. */
const batch = 500;

/** Keeps the agenda as the claims in the read model are. */
class Claims {
  #last: readonly [position: string, key: string] = ['', ''];

  constructor(readonly runner: ReadModels['domainClaims']) {}

  /** Whether what it gives is up to date, and complete. */
  get isLive(): boolean {
    return this.runner.state === 'live';
  }

  /** The claims that are new or have changed since the last call, a page at a time; between them others have a turn. */
  async *changed(): AsyncIterable<readonly DomainClaim[]> {
    for (;;) {
      const { store, generation } = this.runner;
      const query = { orderBy: ['position', 'key'], after: this.#last, limit: batch };
      const page = store.query(generation, query).map((text) => JSON.parse(text) as DomainClaim);
      const last = page.at(-1);
      if (last !== undefined) this.#last = [last.position, claimKey(last.domain, last.accountId)];
      yield page;
      if (page.length < batch) return;
      await nextTurn();
    }
  }
}

/** Runs a task for each item, so many side by side, until the signal aborts. @throws the first error, once all ended */
async function forEach<T>(items: readonly T[], signal: AbortSignal, task: (item: T) => Promise<void>): Promise<void> {
  const waiting = items.values();
  const errors: unknown[] = [];
  const work = async (): Promise<void> => {
    for (const item of waiting) {
      if (signal.aborted) return;
      await task(item).catch((error: unknown) => errors.push(error));
    }
  };
  await Promise.all(Array.from({ length: sideBySide }, work));
  if (errors.length > 0) throw errors[0];
}

/** The process. Several nodes may run it: a look has the same command id on each, so it is recorded once. */
export function domainProcess({ checks, readModels }: DomainProcessParts): Processes {
  const { commands } = checks;
  const agenda = new DomainAgenda(commands.now());
  const claims = new Claims(readModels.domainClaims);

  async function look(one: DueDomain): Promise<void> {
    const { accountId, domain } = one;
    const asked = checks.lookedAt(accountId, domain);
    const isClosed = readModels.accounts.row(accountId)?.standing === 'closed';
    const wasAsked = asked !== undefined && asked > one.due && asked <= commands.now();
    if (isClosed || wasAsked) {
      agenda.done(one, wasAsked ? asked : commands.now(), commands.now());
      return;
    }
    const result = await checks.check({ accountId, domain, commandId: `${name}:${one.look}` });
    const refused = result.kind === 'checked' && result.recorded?.kind === 'refused' ? result.recorded.code : undefined;
    // The account was changing all the while: what was found may not hold for it, and it is looked at again.
    if (refused !== 'stale' && refused !== 'conflict') agenda.done(one, commands.now(), commands.now());
  }

  const schedule: Loop = {
    name,
    part: 'schedule',
    everyMilliseconds: lookEvery,
    run: async (signal) => {
      if (!claims.isLive) return;
      const now = commands.now();
      for await (const page of claims.changed()) agenda.absorb(page, now, commands.policy());
      await forEach(agenda.due(now, batch), signal, async (one) => {
        try {
          await look(one);
        } catch (error) {
          // An account that cannot be read must not slow the others down, each time anew.
          if (!(error instanceof EventStoreError)) agenda.putOff(one, plusMilliseconds(commands.now(), putOffFor));
          throw error;
        }
      });
    },
  };

  /** Whoever requests verification has often just published the records: the review should not wait for the schedule. */
  const onRequest: Process = {
    name,
    types: ['VerificationRequested'],
    ordered: false,
    from: 'now',
    run: async ({ stream }) => agenda.ask(accountOf(stream) ?? '', commands.now()),
  };
  return { consumers: [onRequest], loops: [schedule] };
}
