/** The process `domains`: looks at domains when they are added, when somebody waits for them, and on schedule. */
import type { DomainClaim } from '../../projections/domainClaims.js';
import { DomainAgenda, type DueDomain } from '../domains/agenda.js';
import type { DomainChecks } from '../domains/domainChecks.js';
import { accountOf } from '../events/envelope.js';
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

  /** The claims that are new or have changed since the last call, a page at a time. */
  *changed(): Iterable<DomainClaim> {
    for (;;) {
      const orderBy = ['position', 'key'];
      const { store, generation } = this.runner;
      const rows = store.query(generation, { orderBy, after: this.#last, limit: batch });
      for (const text of rows) {
        const claim = JSON.parse(text) as DomainClaim;
        this.#last = [claim.position, `${claim.domain}/${claim.accountId}`];
        yield claim;
      }
      if (rows.length < batch) return;
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
    if (isClosed || (asked !== undefined && asked > one.due)) {
      agenda.done(one, asked ?? commands.now(), commands.now());
      return;
    }
    const result = await checks.check({ accountId, domain, commandId: `${name}:${one.look}` });
    const refused = result.kind === 'checked' && result.recorded?.kind === 'refused' ? result.recorded.code : undefined;
    // The account was changing all the while: what was found may not hold for it, and it is looked at again.
    if (refused !== 'stale' && refused !== 'conflict') agenda.done(one, commands.now(), commands.now());
  }

  const schedule: Loop = {
    name,
    everyMilliseconds: lookEvery,
    run: async (signal) => {
      if (!claims.isLive) return;
      const now = commands.now();
      agenda.absorb(claims.changed(), now, commands.policy());
      await forEach(agenda.due(now, batch), signal, look);
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
