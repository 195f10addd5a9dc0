/** Where the account is on the chart, and the path that it has walked: drawn, and as a table. */
import { useMemo, useState } from 'preact/hooks';
import { arrowKey, type DrawnChart } from '../chart/drawing.js';
import { pathLabel, whereLabel } from '../chart/labels.js';
import { RegionDrawing } from '../chart/regionDrawing.js';
import { stateRows, toldRegions } from '../chart/states.js';
import { type Step, walkOf } from '../chart/walk.js';
import { Button } from '../ui/button.js';
import { Section } from '../ui/page.js';
import { StateTable } from './stateTable.js';
import { StayText } from './stayText.js';
import { useNarrow } from './useNarrow.js';

type Props = {
  readonly chart: DrawnChart;
  /** The account's first events up to what is shown. */
  readonly steps: readonly Step[];
};

export default function ChartSection({ chart, steps }: Props) {
  const walk = useMemo(() => walkOf(chart, steps), [chart, steps]);
  const [name, setName] = useState('verification');
  const [pointed, setPointed] = useState<string | null>(null);
  const [whole, setWhole] = useState(false);
  const region = chart.find((one) => one.name === name) ?? chart[0];
  const narrow = useNarrow();
  if (region === undefined) return null;
  const drawing = (
    <>
      <div class="chart-bar">
        <div class="chart-regions" role="group" aria-label="Part of the chart">
          {toldRegions(chart).map((one) => (
            <button
              key={one.name}
              type="button"
              class="chart-region"
              aria-pressed={one.name === region.name}
              title={whereLabel(one.name, walk.current)}
              onClick={() => setName(one.name)}
            >
              <span class="chart-region-name">
                {pathLabel(one.name)}
                {one.arrows.some(({ from, to }) => walk.last.has(arrowKey(from, to))) && (
                  <span class="chart-region-moved">moved last</span>
                )}
              </span>{' '}
              <span class="chart-region-where">{whereLabel(one.name, walk.current)}</span>
            </button>
          ))}
        </div>
        <Button small onClick={() => setWhole(!whole)}>
          {whole ? 'In a frame' : 'Show all of it'}
        </Button>
      </div>
      <RegionDrawing region={region} walk={walk} pointed={pointed} onPoint={setPointed} whole={whole} />
      <StayText region={region} walk={walk} path={pointed} />
    </>
  );
  const table = <StateTable rows={stateRows(chart, walk)} narrow={narrow} />;
  return (
    <Section title="On the chart" id="chart">
      {narrow ? (
        <>
          {table}
          <details>
            <summary>The chart, drawn</summary>
            <div class="stack">{drawing}</div>
          </details>
        </>
      ) : (
        <>
          {drawing}
          <details>
            <summary>The states as a table</summary>
            <div class="stack">{table}</div>
          </details>
        </>
      )}
    </Section>
  );
}
