/** Lines over time on a canvas, drawn by uPlot: a part of its own that is loaded when the first plot is shown. */
import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';

export type PlotSeries = {
  readonly label: string;
  readonly values: readonly number[];
  /** Which of the colours for plots. */
  readonly colour: 1 | 2 | 3 | 4 | 5;
  /** Lengths of strokes and gaps, in pixels, so that lines are told apart without colours; a whole line unless given. */
  readonly dash?: readonly number[];
};

export type PlotData = {
  /** Instants, in seconds since the epoch, in their order. */
  readonly times: readonly number[];
  readonly series: readonly PlotSeries[];
  /** What the vertical axis counts. */
  readonly unit: string;
};

export type DrawnPlot = {
  /** Moves the cursor to the point of this index. */
  readonly point: (index: number) => void;
  readonly resize: (width: number) => void;
  readonly remove: () => void;
};

const height = 240;
/** Of fewer points each is marked. */
const markedUpTo = 40;

/** The value of a colour token as the canvas takes it. */
function colourOf(host: HTMLElement, token: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(${token})`;
  host.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

/** @param onPoint told of the index that the pointer is at */
export function drawPlot(
  host: HTMLElement,
  { times, series, unit }: PlotData,
  onPoint: (index: number) => void,
): DrawnPlot {
  const [muted, line, surface] = ['--muted', '--line', '--surface'].map((token) => colourOf(host, token)) as [
    string,
    string,
    string,
  ];
  const font = `12px ${getComputedStyle(host).fontFamily}`;
  const axis = {
    stroke: muted,
    font,
    labelFont: font,
    grid: { stroke: line, width: 1 },
    ticks: { stroke: line, width: 1 },
  };
  const plot = new UPlot(
    {
      width: host.clientWidth,
      height,
      tzDate: (seconds) => UPlot.tzDate(new Date(seconds * 1_000), 'Etc/UTC'),
      legend: { show: false },
      cursor: { drag: { x: false, y: false }, y: false, points: { size: 8 } },
      scales: { x: { time: true }, y: { range: (_plot, _least, most) => [0, Math.max(1, most * 1.08)] } },
      axes: [
        { ...axis, space: 48 },
        {
          ...axis,
          label: unit,
          labelSize: 22,
          size: 52,
          incrs: [1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1_000, 2_000, 5_000, 10_000, 50_000, 100_000],
        },
      ],
      series: [
        {},
        ...series.map(({ label, colour, dash }) => ({
          label,
          stroke: colourOf(host, `--plot-${colour}`),
          width: 2,
          ...(dash === undefined ? {} : { dash: [...dash] }),
          points: { show: times.length <= markedUpTo, size: 6, fill: surface },
        })),
      ],
      hooks: {
        setCursor: [
          ({ cursor: { idx } }) => {
            if (typeof idx === 'number') onPoint(idx);
          },
        ],
      },
    },
    [[...times], ...series.map(({ values }) => [...values])],
    host,
  );
  return {
    point: (index) => plot.setCursor({ left: plot.valToPos(times[index] ?? 0, 'x'), top: 0 }, false),
    resize: (width) => plot.setSize({ width, height }),
    remove: () => plot.destroy(),
  };
}
