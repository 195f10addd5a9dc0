/** Whether somebody of the account has an address that is thrown away after use. */
import { isDisposableEmailDomain } from 'disposable-email-domains-js';
import { type Check, fail, pass } from '../check.js';
import { listed } from '../detail.js';
import { mailDomainOf, organisationOf } from '../organisation.js';

const isDisposable = (domain: string): boolean =>
  isDisposableEmailDomain(domain) || isDisposableEmailDomain(organisationOf(domain));

export const disposableMail: Check = {
  name: 'disposable-mail',
  run: async ({ people, sendingDomains }) => {
    const found = [
      ...people.map(({ role, email }) => ({ what: role, domain: mailDomainOf(email) })),
      ...sendingDomains.map(({ name }) => ({ what: 'sending domain', domain: name })),
    ].filter(({ domain }) => isDisposable(domain));
    if (found.length === 0) return pass('Nobody writes from a disposable address.');
    return fail('disposable_email', `Disposable: ${listed(found.map(({ what, domain }) => `${what} at ${domain}`))}.`);
  },
};
