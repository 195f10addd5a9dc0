/** The chart's drawing and what shows it, loaded beside the account: neither waits for the other. */
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { patientImport } from '../api/patientImport.js';
import type AccountChart from './accountChart.js';

type Shown = typeof AccountChart;

let loaded: Shown | undefined;

async function load(): Promise<void> {
  loaded = (await patientImport(async () => import('./accountChart.js'))).default;
}

// It is on its way from when the page is; what fails is told by the attempt below.
void load().catch(() => undefined);

/**
 * The component that draws; undefined until it is there.
 * @throws when it cannot be loaded, for the frame to say so
 */
export function useChart(): ComponentType<Parameters<Shown>[0]> | undefined {
  const [failure, setFailure] = useState<unknown>(undefined);
  const [, render] = useState(0);
  useEffect(() => {
    if (loaded === undefined) void load().then(() => render((count) => count + 1), setFailure);
  }, []);
  if (failure !== undefined) throw failure;
  return loaded;
}
