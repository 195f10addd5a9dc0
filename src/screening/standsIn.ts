/** Tells pages that stand in for a website that is not there: for sale, parked, being built, a server's first page. */
import { isWithin } from './organisation.js';
import type { Page } from './page.js';

/** Where parked names lead to. */
const parkingHosts = [
  'above.com',
  'afternic.com',
  'bodis.com',
  'dan.com',
  'hugedomains.com',
  'parkingcrew.net',
  'sedo.com',
  'sedoparking.com',
  'undeveloped.com',
];

const forSale =
  /\b(this )?domain( name)? (is|may be) (for sale|parked|available for purchase)|buy this domain|domain parking|parked (free|domain)|diese domain steht zum verkauf/i;

const beingBuilt =
  /coming soon|under construction|launching soon|opening soon|site is being built|website is almost here|maintenance mode|future home of|hier entsteht|im aufbau|en construction|en construcción|in costruzione/i;

/** The pages that web servers and hosts show before there is a website: their titles and headings. */
const serverPage =
  /welcome to nginx|apache2? .*default page|^it works!?$|iis windows|default web ?site page|test page for|index of \/|welcome to (caddy|openresty)|default plesk page|site not found|there isn't a github pages site here|no such app|web server's default page|account suspended|placeholder page/i;

/** Longer pages than this may well use such words of something else. */
const shortText = 1_200;

/** What a page stands in for, as the end of a sentence about it; undefined when it is a page of its own. */
export function standsIn(page: Page, host: string): string | undefined {
  const { title, headings, text, hasScripts } = page;
  const isShort = text.length < shortText;
  const prominent = isShort ? `${title} ${headings} ${text}` : `${title} ${headings}`;
  if (isWithin(host, parkingHosts) || forSale.test(prominent)) return 'is parked or for sale';
  if (isShort && (serverPage.test(title) || serverPage.test(headings)))
    return 'is the first page of a web server or host';
  if (isShort && beingBuilt.test(prominent)) return 'is still being built';
  return text === '' && !hasScripts ? 'is empty' : undefined;
}
