/** Whether the people of the account write from addresses that anybody can open. */
import { type Check, fail, pass } from '../check.js';
import { listed } from '../detail.js';
import { isWithin, mailDomainOf } from '../organisation.js';

export const freeMail: Check = {
  name: 'free-mail',
  run: async ({ people, sendingDomains }, { policy }) => {
    const { freeMailDomains } = policy.screening;
    // The addresses themselves are personal; who it is and where is enough.
    const found = [
      ...people.map(({ role, email }) => ({ what: role, domain: mailDomainOf(email) })),
      ...sendingDomains.map(({ name }) => ({ what: 'sending domain', domain: name })),
    ].filter(({ domain }) => isWithin(domain, freeMailDomains));
    if (found.length === 0) return pass('Nobody writes from a free mail provider.');
    return fail(
      'free_email_provider',
      `Free mail: ${listed(found.map(({ what, domain }) => `${what} at ${domain}`))}.`,
    );
  },
};
