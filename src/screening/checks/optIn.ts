/** Whether it is clear how people agree to messages: by a form on the website, or as the account describes it. */
import { type Check, fail, pass, unknown } from '../check.js';
import type { Form } from '../page.js';

const signUpWords =
  /sign ?up|subscribe|newsletter|register|create (an )?account|join|get started|anmeld|registrier|abonn|inscri|suscri/;

/** A form that takes an address to write to; one with a password too is for those who have an account already. */
function isSignUp({ hasEmail, hasPassword, words }: Form): boolean {
  return hasEmail && (!hasPassword || signUpWords.test(words));
}

export const optIn: Check = {
  name: 'opt-in',
  run: async ({ subscriptionProcess, messageTypes }, tools) => {
    // Who gets only what a transaction brings about has asked for it by the transaction.
    if (messageTypes.length > 0 && messageTypes.every((type) => type === 'transactional')) return undefined;
    const visit = await tools.website();
    const forms = visit.kind === 'answered' ? (visit.page?.forms ?? []) : [];
    const described = (subscriptionProcess ?? '') !== '';
    if (forms.some(isSignUp))
      return pass(`The website has a sign-up form.${described ? ' The process is described, too.' : ''}`);
    if (described) return pass(`There is no sign-up form on the page looked at; described is: ${subscriptionProcess}`);
    if (visit.kind !== 'answered' || visit.answer.status >= 400) {
      return unknown('The website could not be seen, and how people agree is not described.');
    }
    return fail('opt_in_unclear', 'The website shows no sign-up form, and how people agree is not described.');
  },
};
