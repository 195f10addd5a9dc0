/** The filter of a list as it stands in the address: by account and by state. */
export type ListFilterValue = { readonly account?: string; readonly state?: string };

/** What the address says; a state that is none is left out. */
export function listFilterOf(
  { account = '', state = '' }: Readonly<Record<string, string | undefined>>,
  states: readonly { readonly value: string }[],
): ListFilterValue {
  return {
    ...(account.trim() === '' ? {} : { account: account.trim() }),
    ...(states.some(({ value }) => value === state) ? { state } : {}),
  };
}

/** The filter as parameters of an address. */
export function listFilterQuery({ account = '', state = '' }: ListFilterValue): Readonly<Record<string, string>> {
  return { ...(account.trim() === '' ? {} : { account: account.trim() }), ...(state === '' ? {} : { state }) };
}
