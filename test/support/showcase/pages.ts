/** The pages of the console that are photographed: each with data that it is about. */

import type { Fate } from './lives.js';

export type ShownPage = {
  /** Names its pictures. */
  readonly name: string;
  readonly path: string;
  /** Shown to somebody who is not signed in. */
  readonly signedOut?: boolean;
  /** Shown to the customer whose account this is, in the example's dashboard. */
  readonly customerOf?: string;
};

/** What pages are about: accounts by what became of them, and a backtest that is over. */
export type Shown = { readonly accountOf: (fate: Fate) => string; readonly backtest: string };

export function shownPages({ accountOf, backtest }: Shown): readonly ShownPage[] {
  const second = accountOf('waits for a second person');
  const asked = accountOf('is asked');
  return [
    { name: 'sign-in', path: '/console/', signedOut: true },
    { name: 'reviews', path: '/console/reviews' },
    { name: 'review', path: `/console/reviews/${accountOf('waits for a reviewer')}` },
    { name: 'review-second-person', path: `/console/reviews/${second}` },
    { name: 'review-asked', path: `/console/reviews/${asked}` },
    { name: 'review-appeal', path: `/console/reviews/${accountOf('appeals a rejection')}` },
    { name: 'accounts', path: '/console/accounts' },
    { name: 'account', path: `/console/accounts/${second}` },
    { name: 'account-then', path: `/console/accounts/${second}?revision=6` },
    { name: 'account-suspended', path: `/console/accounts/${accountOf('appeals a suspension')}` },
    { name: 'audit', path: '/console/audit' },
    { name: 'analytics', path: '/console/analytics' },
    { name: 'backtest', path: '/console/analytics/backtest' },
    { name: 'backtest-run', path: `/console/analytics/backtest?run=${backtest}` },
    { name: 'operations', path: '/console/operations' },
    { name: 'example', path: '/console/example' },
    ...(
      [
        ['example-request', 'is set up'],
        ['example-question', 'is asked'],
        ['example-ready', 'is approved'],
        ['example-rejected', 'is rejected'],
      ] as const
    ).map(([name, fate]) => ({ name, path: '/console/example', customerOf: accountOf(fate) })),
    { name: 'not-found', path: '/console/nowhere' },
  ];
}
