/** The drawing that the build makes of the chart; see `chartPlugin.ts`. */
declare module 'virtual:chart' {
  const chart: import('./drawing.js').DrawnChart;
  export default chart;
}
