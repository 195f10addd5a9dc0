/** The pages: where they are, who works with them, and where they stand in the navigation. Each is loaded when opened. */
import type { ComponentType } from 'preact';
import type { ActorType } from './api/types.js';

export type ConsolePage = {
  /** Below `/console`, as the router matches it. */
  readonly path: string;
  /** Who sees it. The server decides what each role may ask for; this only leaves out what would be refused. */
  readonly roles: readonly ActorType[];
  /** Its place in the navigation; none for pages that others lead to. */
  readonly nav?: { readonly label: string; readonly key: string };
  readonly load: () => Promise<{ readonly default: ComponentType }>;
};

const insiders: readonly ActorType[] = ['reviewer', 'auditor', 'analyst', 'system', 'admin'];

export const pages: readonly ConsolePage[] = [
  {
    path: '/console/reviews',
    roles: insiders,
    nav: { label: 'Reviews', key: 'r' },
    load: () => import('./desk/queuePage.js'),
  },
  { path: '/console/reviews/:accountId', roles: insiders, load: () => import('./desk/reviewPage.js') },
  {
    path: '/console/accounts',
    roles: insiders,
    nav: { label: 'Accounts', key: 'a' },
    load: () => import('./account/accountsPage.js'),
  },
  { path: '/console/accounts/:accountId', roles: insiders, load: () => import('./account/accountPage.js') },
  {
    path: '/console/audit',
    roles: ['auditor', 'admin', 'analyst', 'reviewer', 'system'],
    nav: { label: 'Audit', key: 'u' },
    load: () => import('./audit/auditPage.js'),
  },
  {
    path: '/console/analytics',
    roles: insiders,
    nav: { label: 'Analytics', key: 'n' },
    load: () => import('./analytics/analyticsPage.js'),
  },
  {
    path: '/console/analytics/backtest',
    roles: ['analyst', 'admin', 'auditor'],
    load: () => import('./analytics/backtestPage.js'),
  },
  {
    path: '/console/operations',
    roles: ['admin', 'system', 'auditor'],
    nav: { label: 'Operations', key: 'o' },
    load: () => import('./operations/operationsPage.js'),
  },
];

/** Where somebody of this role begins. */
export function homeOf(role: ActorType): string {
  if (role === 'auditor') return '/console/audit';
  if (role === 'analyst') return '/console/analytics';
  if (role === 'system') return '/console/operations';
  return '/console/reviews';
}

/** The page at an address; undefined where there is none. */
export function pageAt(pathname: string): ConsolePage | undefined {
  return pages.find(({ path }) => new RegExp(`^${path.replaceAll(/:\w+/g, '[^/]+')}/?$`).test(pathname));
}
