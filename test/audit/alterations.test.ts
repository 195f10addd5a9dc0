/** Every kind of alteration is found; `npm run test:alterations` makes 100,000 of them. */
import { alterationKinds, alterMany, type Altered } from '../support/alterations/run.js';

/** So many of each kind. */
const times = 8;

let altered: Altered;
beforeAll(async () => {
  altered = await alterMany({ count: alterationKinds.length * times, seed: 1, accounts: 20 });
}, 120_000);

test.each(alterationKinds)('%s is found, every time', (kind) => {
  expect(altered.tallies[kind]).toEqual({ made: times, found: times });
});
