/** One region of the chart as a picture, with the path that an account has walked on it. */
import { useEffect, useRef } from 'preact/hooks';
import { arrowKey, type DrawnArrow, type DrawnRegion, type DrawnState } from './drawing.js';
import { pathLabel, stateLabel } from './labels.js';
import { headPath, linePath } from './shape.js';
import { briefInstant } from '../words/time.js';
import type { Stay, Walk } from './walk.js';

type Props = {
  readonly region: DrawnRegion;
  readonly walk: Walk;
  /** The state that is pointed at. */
  readonly pointed: string | null;
  readonly onPoint: (path: string | null) => void;
  /** The whole of it, however high that is. */
  readonly whole: boolean;
};

const lineHeight = 13;

export function RegionDrawing({ region, walk, pointed, onPoint, whole }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const here = currentOf(region, walk);
  // Where the account is comes into sight, in the frame alone: the page itself does not move.
  useEffect(() => {
    const { current } = frame;
    const drawn = current?.querySelector('svg');
    if (current == null || drawn == null || here === undefined) return;
    const scale = drawn.clientWidth / region.width;
    current.scrollTo({
      top: (here.y + here.height / 2) * scale - current.clientHeight / 2,
      left: (here.x + here.width / 2) * scale - current.clientWidth / 2,
    });
  }, [region, here?.path, whole]);
  const title = pathLabel(region.name);
  return (
    <div
      ref={frame}
      class={whole ? 'chart-frame chart-frame-whole' : 'chart-frame'}
      tabIndex={0}
      role="region"
      aria-label={`${title}, drawn`}
    >
      <svg
        class="chart"
        viewBox={`0 0 ${region.width} ${region.height}`}
        width={region.width}
        height={region.height}
        role="group"
        aria-label={`States and transitions of ${title.toLowerCase()}`}
      >
        {region.states.map((state) => (
          <State key={state.path} state={state} walk={walk} pointed={pointed === state.path} onPoint={onPoint} />
        ))}
        <g aria-hidden="true">
          {region.arrows.map((arrow) => (
            <Arrow key={arrowKey(arrow.from, arrow.to)} arrow={arrow} walk={walk} pointed={pointed} />
          ))}
        </g>
      </svg>
    </div>
  );
}

/** The innermost current state that comes first: what to look at. */
function currentOf({ states }: DrawnRegion, { current }: Walk): DrawnState | undefined {
  return states
    .filter(({ path }) => current.has(path))
    .toSorted((a, b) => a.depth - b.depth)
    .find(({ depth }) => depth === 0);
}

type StateProps = {
  readonly state: DrawnState;
  readonly walk: Walk;
  readonly pointed: boolean;
  readonly onPoint: (path: string | null) => void;
};

function State({ state, walk, pointed, onPoint }: StateProps) {
  const { path, kind, depth, x, y, width, height } = state;
  const stays = walk.stays.get(path) ?? [];
  const times = stays.length;
  const current = walk.current.has(path);
  const inner = kind === 'atomic' || kind === 'any';
  const classes = [
    'chart-state',
    `chart-${kind}`,
    depth % 2 === 1 ? 'chart-odd' : '',
    times > 0 ? 'is-seen' : '',
    current ? 'is-current' : '',
    pointed ? 'is-pointed' : '',
  ];
  return (
    <g
      class={classes.filter(Boolean).join(' ')}
      {...(times > 0
        ? {
            'tabIndex': 0,
            'role': 'img',
            'aria-label': `${pathLabel(path)}: ${toldStays(stays)}`,
            'onFocus': () => onPoint(path),
            'onBlur': () => onPoint(null),
          }
        : { 'aria-hidden': 'true' })}
      onPointerEnter={() => onPoint(path)}
      onPointerLeave={() => onPoint(null)}
    >
      <rect x={x} y={y} width={width} height={height} rx={kind === 'any' ? height / 2 : 6} />
      {inner ? (
        <text x={x + width / 2} y={y + height / 2} class="chart-name chart-centred">
          {stateLabel(state)}
        </text>
      ) : (
        <text x={x + 12} y={y + 20} class="chart-name">
          {stateLabel(state)}
        </text>
      )}
      {times > 1 && (
        <g class="chart-times">
          <rect x={x + width - 20} y={y - 9} width={28} height={18} rx={9} />
          <text x={x + width - 6} y={y} class="chart-centred">
            {times}×
          </text>
        </g>
      )}
    </g>
  );
}

/** The stays in a state, for those who hear the drawing. */
function toldStays(stays: readonly Stay[]): string {
  const last = stays.at(-1);
  if (last === undefined) return 'not seen';
  const times = stays.length === 1 ? 'entered' : `seen ${stays.length} times, last entered`;
  const end = last.left === null ? 'the account is in it' : `left ${briefInstant(last.left.at)}`;
  return `${times} ${briefInstant(last.entered.at)}, ${end}`;
}

function Arrow({
  arrow,
  walk,
  pointed,
}: {
  readonly arrow: DrawnArrow;
  readonly walk: Walk;
  readonly pointed: string | null;
}) {
  const key = arrowKey(arrow.from, arrow.to);
  const classes = [
    'chart-arrow',
    walk.taken.has(key) ? 'is-taken' : '',
    walk.last.has(key) ? 'is-last' : '',
    pointed === arrow.from || pointed === arrow.to ? 'is-pointed' : '',
  ];
  const { x, y, lines } = arrow.label;
  return (
    <g class={classes.filter(Boolean).join(' ')}>
      <path class="chart-line" d={linePath(arrow.points)} />
      <path class="chart-head" d={headPath(arrow.points)} />
      <text class="chart-label">
        {lines.map((line, index) => (
          <tspan key={line} x={x + 2} y={y + 11 + index * lineHeight}>
            {line}
          </tspan>
        ))}
      </text>
    </g>
  );
}
