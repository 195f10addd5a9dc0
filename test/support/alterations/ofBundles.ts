/** Alterations of bundles, which the outside script is to find. */
import { chainStart, seal } from '../../../src/app/seal.js';
import type { Bundle } from '../../../src/audit/bundle.js';
import { recordedHash } from '../../../src/audit/leaves.js';
import type { JsonObject } from '../../../src/eventStore/eventStore.js';
import type { EventMetadata } from '../../../src/events/envelope.js';
import { type Chance, type FieldChange, withChange } from './chance.js';
import type { World } from './world.js';

/** An altered copy of a bundle, parsed from its text; undefined where this choice alters nothing. */
export type BundleAlteration = (chance: Chance, world: World) => unknown;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Events = Bundle['events'][number][];

/** How many events came later is the bundle's own word; everything else is proved. */
function isOwnWord(before: Bundle, after: object): boolean {
  return JSON.stringify({ ...before, uncovered: 0 }) === JSON.stringify({ ...after, uncovered: 0 });
}

function field(change: FieldChange): BundleAlteration {
  return (chance, { bundles }) => {
    const bundle = chance.of(bundles);
    const altered = withChange(chance, bundle as unknown as JsonObject, change);
    return altered === undefined || isOwnWord(bundle, altered) ? undefined : altered;
  };
}

/** A byte of the file, where what is read from it is another thing. */
const byte: BundleAlteration = (chance, { bundles }) => {
  const bundle = chance.of(bundles);
  const text = chance.alteredBytes(Buffer.from(JSON.stringify(bundle))).toString();
  try {
    const altered = JSON.parse(text) as object;
    return JSON.stringify(altered) === JSON.stringify(bundle) || isOwnWord(bundle, altered) ? undefined : altered;
  } catch {
    // Not JSON any more: whoever reads it sees that.
    return undefined;
  }
};

/** A bundle whose list of events was altered by `change`; false from it where there was nothing to alter. */
function ofEvents(change: (chance: Chance, events: Events, bundle: Mutable<Bundle>) => boolean): BundleAlteration {
  return (chance, { bundles }) => {
    const bundle = structuredClone(chance.of(bundles)) as Mutable<Bundle>;
    const events = [...bundle.events];
    if (!change(chance, events, bundle)) return undefined;
    bundle.events = events;
    return bundle;
  };
}

const eventRemoved = ofEvents((chance, events) => events.splice(chance.below(events.length), 1).length === 1);

const tailCut = ofEvents((chance, events) => events.splice(chance.below(events.length)).length > 0);

const eventDoubled = ofEvents((chance, events) => {
  const at = chance.below(events.length);
  events.splice(at, 0, ...events.slice(at, at + 1));
  return true;
});

const eventsSwapped = ofEvents((chance, events) => {
  const [a, b] = [chance.below(events.length), chance.below(events.length)];
  const [one, other] = [events[a], events[b]];
  if (a === b || one === undefined || other === undefined) return false;
  [events[a], events[b]] = [other, one];
  return true;
});

/** An event's data changed, all hashes and ids from there on made anew. */
const rehashed = ofEvents((chance, events, { account }) => {
  const stream = `account-${account}`;
  const from = chance.below(events.length);
  const before = events[from - 1];
  let previousHash = before === undefined ? chainStart(stream) : recordedHash(before);
  for (const [index, event] of events.entries()) {
    if (index < from) continue;
    const { hash: _, ...rest } = event.metadata as unknown as EventMetadata;
    const data = index === from ? withChange(chance, event.data, 'added') : event.data;
    const metadata = { ...rest, previousHash };
    const anew = seal({ stream, revision: event.revision, type: event.type, data, metadata });
    events[index] = { ...event, ...anew };
    previousHash = recordedHash(anew);
  }
  return true;
});

/** Another account's events under this one's name. */
const otherAccount: BundleAlteration = (chance, { bundles }) => {
  const [one, other] = [chance.of(bundles), chance.of(bundles)];
  if (one.account === other.account) return undefined;
  return chance.of([
    { ...one, account: other.account },
    { ...one, events: other.events },
    { ...one, head: other.head },
    { ...one, events: [...one.events, ...other.events] },
  ]);
};

/** Every alteration of a bundle, by name. */
export const bundleAlterations: ReadonlyMap<string, BundleAlteration> = new Map<string, BundleAlteration>([
  ['bundle: a field changed', field('changed')],
  ['bundle: a field removed', field('removed')],
  ['bundle: a field added', field('added')],
  ['bundle: a byte', byte],
  ['bundle: an event removed', eventRemoved],
  ['bundle: the tail cut', tailCut],
  ['bundle: an event doubled', eventDoubled],
  ['bundle: two events swapped', eventsSwapped],
  ['bundle: re-hashed', rehashed],
  ['bundle: another account', otherAccount],
]);
