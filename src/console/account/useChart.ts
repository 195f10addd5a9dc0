/** The chart's drawing and what shows it, loaded beside the account: neither waits for the other. */
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type AccountChart from './accountChart.js';

type Shown = typeof AccountChart;

let loaded: Shown | undefined;

/** The component that draws; undefined until it is there. */
export function useChart(): ComponentType<Parameters<Shown>[0]> | undefined {
  const [, render] = useState(0);
  useEffect(() => {
    if (loaded !== undefined) return;
    void import('./accountChart.js').then((module) => {
      loaded = module.default;
      render((count) => count + 1);
    });
  }, []);
  return loaded;
}
