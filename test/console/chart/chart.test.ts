/** The drawing holds every state and every transition of the machine's definition, and nothing else. */
import { accountMachine } from '../../../machines/account.js';
import { chartOf, type ChartRegion, type ChartState } from '../../../src/console/build/chart/chart.js';

/** A state as it is written in `machines/account.ts`. */
type Written = {
  readonly type?: string;
  readonly initial?: string;
  readonly on?: Readonly<Record<string, unknown>>;
  readonly always?: unknown;
  readonly states?: Readonly<Record<string, Written>>;
};
type Arrow = {
  readonly target?: string;
  readonly guard?: { readonly params?: { readonly conditions?: readonly string[] } };
  readonly actions?: unknown;
};

const definition = accountMachine.config as unknown as Written;
const regions = chartOf(accountMachine);

function join(...names: readonly string[]): string {
  return names.filter((name) => name !== '').join('.');
}

function* written(state: Written = definition, path = ''): Iterable<readonly [path: string, state: Written]> {
  if (path !== '') yield [path, state];
  for (const [name, inner] of Object.entries(state.states ?? {})) yield* written(inner, join(path, name));
}

/** Where a written target leads: from the root, into the state itself, or to one beside it. */
function resolved(path: string, target: string): string {
  if (target.startsWith('#account.')) return target.slice('#account.'.length);
  return target.startsWith('.') ? join(path, target.slice(1)) : join(...path.split('.').slice(0, -1), target);
}

function arrowsWritten([path, { on = {}, always }]: readonly [string, Written]): readonly (readonly [string, Arrow])[] {
  const entries = [...Object.entries(on), ...(always === undefined ? [] : [['', always] as const])];
  return entries.flatMap(([type, given]) =>
    (Array.isArray(given) ? given : [given]).map((one) => [`${path} ${type}`, one as Arrow] as const),
  );
}

function* drawnStates(states: readonly ChartState[]): Iterable<ChartState> {
  for (const state of states) {
    yield state;
    yield* drawnStates(state.states);
  }
}

const everyState = [...drawnStates(regions)];
const real = everyState.filter(({ kind }) => kind !== 'any');

test('each state of the definition is drawn, none else, each of its kind, and where its parent begins', () => {
  expect(real.map(({ path }) => path).toSorted()).toEqual([...written()].map(([path]) => path).toSorted());
  const kinds = new Map(
    [...written()].map(([path, { type, states }]) => [path, type ?? (states ? 'compound' : 'atomic')]),
  );
  expect(new Map(real.map(({ path, kind }) => [path, kind]))).toEqual(kinds);
  const begins = [...written()].flatMap(([path, { initial }]) => (initial === undefined ? [] : [join(path, initial)]));
  expect(real.flatMap(({ path, initial }) => (initial ? [path] : [])).toSorted()).toEqual(begins.toSorted());
});

test('each transition of the definition is an arrow with its conditions, none else', () => {
  const expected = [...written()].flatMap(arrowsWritten).flatMap(([source, { target, guard }]) => {
    if (target === undefined) return [];
    const [path = '', type = ''] = source.split(' ');
    return [`${path} ${type} → ${resolved(path, target)} [${(guard?.params?.conditions ?? []).join(', ')}]`];
  });
  const drawn = regions.flatMap(({ arrows }: ChartRegion) =>
    arrows.flatMap(({ from, to, events }) =>
      events.map(({ type, conditions }) => `${from.replace(/\.any$/, '')} ${type} → ${to} [${conditions.join(', ')}]`),
    ),
  );
  expect(drawn.toSorted()).toEqual(expected.toSorted());
  expect(drawn.length).toBeGreaterThan(50);
});

test('what a state accepts without leaving is said of it', () => {
  const expected = [...written()]
    .flatMap(arrowsWritten)
    .flatMap(([source, { target, actions }]) => (target === undefined && actions !== undefined ? [source] : []));
  const drawn = real.flatMap(({ path, stays }) => stays.map((type) => `${path} ${type}`));
  expect(drawn.toSorted()).toEqual([...new Set(expected)].toSorted());
});

test('only what leads into itself begins at what stands for every state within', () => {
  expect(everyState.filter(({ kind }) => kind === 'any').map(({ path }) => path)).toEqual([
    'verification.any',
    'standing.suspended.any',
    'standing.any',
  ]);
});
