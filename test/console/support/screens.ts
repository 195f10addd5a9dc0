/** The addresses of the console's pages, from the list that the console itself goes by. */
import { pages } from '../../../src/console/pages.js';
import type { ActorType } from '../../../src/events/vocabulary.js';

/** Every page that a role works with; those of an account once for each of these. */
export function addressesFor(role: ActorType, accounts: readonly string[]): readonly string[] {
  return pages
    .filter(({ roles }) => roles.includes(role))
    .flatMap(({ path }) =>
      path.includes(':accountId') ? accounts.map((account) => path.replace(':accountId', account)) : [path],
    );
}
