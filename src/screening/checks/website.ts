/** Whether visitors find a company behind the website: open, over https, and built. */
import type { Unreachable, UnreachableReason } from '../../net/safeFetch.js';
import { type Check, fail, type Outcome, pass, unknown } from '../check.js';
import { said } from '../detail.js';
import { organisationOf } from '../organisation.js';
import type { Page } from '../page.js';
import { standsIn } from '../standsIn.js';
import type { Visit } from '../visit.js';

type Answered = Extract<Visit, { kind: 'answered' }>;

/** These say nothing about the website: our DNS or our time ran out, or there is more than we read. */
const ours: ReadonlySet<UnreachableReason> = new Set(['name_unavailable', 'timed_out', 'too_large']);

/** Codes of a connection that failed on this side. */
const oursByCode: ReadonlySet<string> = new Set([
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'EMFILE',
  'EACCES',
  'EPERM',
]);

function isOurs({ reason, cause }: Unreachable): boolean {
  return ours.has(reason) || oursByCode.has((cause as NodeJS.ErrnoException | undefined)?.code ?? '');
}

/**
 * Answers of walls against programs, and of websites that cannot answer just now: a person sees more. Plain 403 counts,
 * for that is how most walls answer.
 */
const walls: ReadonlySet<number> = new Set([403, 429, 503]);

const wallWords =
  /just a moment|checking your browser|attention required|verify (that )?you are (a )?human|captcha|ddos.guard/i;

function isWall({ answer, page }: Answered): boolean {
  if (walls.has(answer.status) || answer.headers['cf-mitigated'] !== undefined) return true;
  return page !== undefined && page.text.length < 1_500 && wallWords.test(`${page.title} ${page.headings}`);
}

/** So short a text beside a password field is the wall itself, not a page with a log-in in its corner. */
const shortText = 600;
const loginPath = /\/(log-?in|sign-?in|password|wp-login\.php|auth|sso)\b/i;

function isLoginWall({ answer }: Answered, page: Page): boolean {
  if (answer.status === 401) return true;
  if (!page.asksPassword) return false;
  return page.text.length < shortText || (answer.redirects.length > 0 && loginPath.test(new URL(answer.url).pathname));
}

function unreached(visit: Extract<Visit, { kind: 'unreachable' }>): Outcome {
  const { error, overHttp } = visit;
  if (isOurs(error)) return unknown(`The website could not be visited from here. ${error.message}`);
  const instead = overHttp ? ' It answers over http only.' : '';
  return fail('website_inaccessible', `The website does not answer over https.${instead} ${error.message}`);
}

/** What a visitor was led through, for the reviewer. */
function way({ answer }: Answered, website: string): string {
  const there = organisationOf(new URL(answer.url).hostname);
  if (there !== organisationOf(new URL(website).hostname)) return ` It redirects to another domain, ${there}.`;
  return answer.redirects.length > 0 ? ` It redirects to ${answer.url}.` : '';
}

function answered(visit: Answered, website: string): Outcome {
  const { answer, page } = visit;
  if (isWall(visit)) return unknown(`The website keeps programs out (${answer.status}): a person must look at it.`);
  if (answer.status === 401)
    return fail('website_password_protected', 'The website answers 401: it asks for a password.');
  if (answer.status >= 300)
    return fail('website_inaccessible', `The website answers ${answer.status}.${way(visit, website)}`);
  if (!answer.url.startsWith('https:')) {
    return fail('website_inaccessible', `The website leads from https to http: ${answer.url}`);
  }
  if (page === undefined)
    return unknown(`The website answers with ${answer.headers['content-type']}, not with a page.`);
  const titled = page.title === '' ? 'without a title' : `“${page.title}”`;
  if (isLoginWall(visit, page)) {
    return fail('website_password_protected', `The website ${titled} asks for a password.${way(visit, website)}`);
  }
  const standIn = standsIn(page, new URL(answer.url).hostname);
  if (standIn !== undefined) return fail('website_under_construction', `The website ${titled} ${standIn}.`);
  if (page.text.length < 50 && page.hasScripts) {
    return unknown(`The website ${titled} is drawn by scripts, which are not run: a person must look at it.`);
  }
  return pass(`${answer.status}, ${titled}.${way(visit, website)}${beginning(page)}`);
}

function beginning({ text }: Page): string {
  return text === '' ? '' : ` It begins: ${said(text, 150)}`;
}

export const website: Check = {
  name: 'website',
  run: async (subject, tools) => {
    const visit = await tools.website();
    if (visit.kind === 'none' || subject.website === undefined) {
      return fail('website_inaccessible', 'The account names no website.');
    }
    if (visit.kind === 'special_use') return unknown(`${visit.host} is a name for special use: it was not looked for.`);
    return visit.kind === 'unreachable' ? unreached(visit) : answered(visit, subject.website);
  },
};
