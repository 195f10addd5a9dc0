/** A fixed, invented set of accounts: twelve weeks of ordinary traffic, and of today one account in every state. */
import { plusMinutes } from '../../../src/events/time.js';
import type { Actor } from '../../../src/events/vocabulary.js';
import { builtInPolicy } from '../../../src/policy/policy.js';
import { seeded } from '../randomCommands.js';
import { type Fate, lifeOf, type Sender } from './lives.js';
import type { Account, Publication } from './write.js';

const trees = [
  'Alder',
  'Birch',
  'Cedar',
  'Elm',
  'Hazel',
  'Juniper',
  'Larch',
  'Maple',
  'Oak',
  'Poplar',
  'Rowan',
  'Willow',
];
const trades = [
  'Bakery',
  'Books',
  'Cycles',
  'Florist',
  'Games',
  'Garden',
  'Music',
  'Optics',
  'Pottery',
  'Tea',
  'Tickets',
];

const reviewers: readonly Actor[] = ['reviewer-1', 'reviewer-2', 'reviewer-3'].map((id) => ({ type: 'reviewer', id }));

const minutesOfDay = 24 * 60;
const days = 84;
/** How many accounts of ordinary traffic. */
const traffic = 320;

/** Fates of ordinary traffic: most are approved, few are not. */
const usual: readonly Fate[] = [
  ...Array<Fate>(6).fill('is approved automatically'),
  ...Array<Fate>(5).fill('is approved'),
  ...Array<Fate>(3).fill('answers and is approved'),
  'stops setting up',
  'is set up',
  'withdraws',
  'is rejected',
  'is rejected',
  'is revoked',
  'is warned',
  'is suspended',
  'lets questions run out',
  'is closed',
];

/** Accounts that wait for somebody now: their fate, and so many minutes before now their lives begin. */
const waiting: readonly (readonly [Fate, readonly number[]])[] = [
  ['waits for the checks', [310, 330]],
  ['waits for a reviewer', [400, 900, 2_200, 4_800, 8_600]],
  ['is looked at', [800, 1_900, 6_400]],
  ['waits for a second person', [2_900, 5_200]],
  ['is asked', [1_400, 3_900]],
  ['appeals a rejection', [4_600]],
  ['is looked at again', [9_500]],
  ['appeals a suspension', [17_000]],
];

/** An account of the showcase, and what becomes of it. */
export type ShowcaseAccount = Account & { readonly fate: Fate };

/** @param now the instant at which all of it is to be looked at */
export function showcaseAccounts(now: string): readonly ShowcaseAccount[] {
  const random = seeded(84);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  let count = 0;
  const account = (fate: Fate, begins: string): ShowcaseAccount => {
    const [tree, trade] = [
      trees[count % trees.length] ?? '',
      trades[Math.floor(count / trees.length) % trades.length] ?? '',
    ];
    const again = Math.floor(count / (trees.length * trades.length));
    count += 1;
    const company = `${tree} ${trade}${again === 0 ? '' : ` ${again + 1}`}`;
    const accountId = company.toLowerCase().replaceAll(' ', '-');
    const first = Math.floor(random() * reviewers.length);
    const sender: Sender = {
      company,
      host: `${accountId}.example`,
      reviewer: reviewers[first] as Actor,
      second: reviewers[(first + 1) % reviewers.length] as Actor,
      pace: (about) => Math.round(about * (0.4 + 1.4 * random() ** 3)),
    };
    return { accountId, begins, life: lifeOf(fate, sender), fate };
  };
  // More as the weeks go by, and fewer on Sundays.
  const ordinary = Array.from({ length: traffic }, () => {
    const day = Math.floor(days * (1 - random() ** 1.4));
    return account(pick(usual), plusMinutes(now, -day * minutesOfDay - Math.floor(random() * 600) - 300));
  });
  const today = waiting.flatMap(([fate, ages]) => ages.map((age) => account(fate, plusMinutes(now, -age))));
  return [...ordinary, ...today];
}

/** Reviewers had more time at first; questions wait less long now. */
export function showcasePolicies(now: string): readonly Publication[] {
  const document = {
    ...builtInPolicy,
    version: 'shorter-reviews',
    review: { ...builtInPolicy.review, decideWithinWorkingHours: 8 },
  };
  return [{ at: plusMinutes(now, -days * minutesOfDay * 0.5), document }];
}
