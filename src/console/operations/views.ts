/** The parts of the page, each with its address; and who may see which. */
import type { ActorType } from '../api/types.js';

export const views = [
  { name: 'service', label: 'Service', roles: ['admin', 'system', 'auditor'] },
  { name: 'webhooks', label: 'Webhooks', roles: ['admin', 'auditor'] },
  { name: 'mail', label: 'Mail', roles: ['admin', 'auditor'] },
  { name: 'node', label: 'Store and settings', roles: ['admin', 'system', 'auditor'] },
] as const satisfies readonly { name: string; label: string; roles: readonly ActorType[] }[];

export type ViewName = (typeof views)[number]['name'];

const path = '/console/operations';

/** The address of a part. */
export function pathOf(view: ViewName, query: Readonly<Record<string, string>> = {}): string {
  const parameters = new URLSearchParams({ ...(view === 'service' ? {} : { view }), ...query }).toString();
  return parameters === '' ? path : `${path}?${parameters}`;
}

/** The parts that a role may ask for. */
export function viewsOf(role: ActorType): readonly (typeof views)[number][] {
  return views.filter(({ roles }) => (roles as readonly ActorType[]).includes(role));
}

/** The part that an address names, where this role may ask for it; the first one otherwise. */
export function viewOf(name: string | undefined, role: ActorType): ViewName {
  return viewsOf(role).find((view) => view.name === name)?.name ?? 'service';
}
