/** Where a mail's links lead: pages of the provider's dashboard, below `GATEHOUSE_DASHBOARD_URL`. */

/** For each purpose the path that the dashboard must know; the account comes as `?account=<id>`. */
export const linkPaths = {
  /** The overview, with the setup guide. */
  home: '',
  /** The request, how it stands, why it was decided so, and requesting again. */
  verification: '/verification',
  /** The open questions, to answer them. */
  questions: '/verification/questions',
  /** The form for the one appeal. */
  appeal: '/verification/appeal',
} as const;

export type LinkPurpose = keyof typeof linkPaths;

/** The address of a page. */
export function linkTo(purpose: LinkPurpose, dashboardUrl: string, accountId: string): string {
  const url = new URL(dashboardUrl);
  url.pathname = `${url.pathname.replace(/\/+$/, '')}${linkPaths[purpose]}`;
  url.searchParams.set('account', accountId);
  return url.href;
}
