/** The list's filters as they stand in the address. Pure. */

export const statusChoices = [
  'not_requested',
  'in_review',
  'info_requested',
  'verified',
  'rejected',
  'revoked',
  'expired',
  'closed',
] as const;
type StatusChoice = (typeof statusChoices)[number];

export type Filters = {
  /** What is looked for; empty: all accounts. */
  readonly q: string;
  readonly status: StatusChoice | '';
};

/** Where the list is. */
export const listPath = '/console/accounts';

/** The filters of an address; what is none is left out. */
export function filtersOf(query: Readonly<Record<string, string>>): Filters {
  const { q = '', status } = query;
  return { q: q.slice(0, 256), status: statusChoices.find((one) => one === status) ?? '' };
}

/** The address of filters, below `/console`. */
export function addressOf({ q, status }: Filters): string {
  const search = new URLSearchParams({
    ...(q.trim() === '' ? {} : { q: q.trim() }),
    ...(status === '' ? {} : { status }),
  });
  return `${listPath}${search.size === 0 ? '' : `?${search.toString()}`}`;
}

/** The filters as the API takes them: what is looked for comes by id, everything else with the newest first. */
export function askedFor({ q, status }: Filters) {
  const sought = q.trim();
  return {
    ...(sought === '' ? { order: 'desc' as const } : { q: sought }),
    ...(status === '' ? {} : { status }),
  };
}
