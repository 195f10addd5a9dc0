/** The drawing that the build makes of the chart; see `build/chart/chartPlugin.ts`. */
declare module 'virtual:chart' {
  import type { DrawnChart } from './drawing.js';

  const chart: DrawnChart;
  export default chart;
}
