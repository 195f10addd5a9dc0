/** How the report looks: on a telephone, on a desk, in the dark, on paper. */
export const style = `
:root {
  color-scheme: light dark;
  --page: #f4f5f7; --paper: #ffffff; --ink: #1c2128; --soft: #59636e; --line: #d8dde3; --grid: #e6e9ed;
  --first: #1f6fb2; --second: #d9822b; --far: #9bbfdd; --quiet: #eef3f8; --shade: rgb(0 0 0 / 14%);
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #14171b; --paper: #1c2026; --ink: #e6e9ec; --soft: #a0a9b4; --line: #363d46; --grid: #2a3038;
    --first: #63a9e0; --second: #e9a15c; --far: #3d6a90; --quiet: #222a33; --shade: rgb(0 0 0 / 55%);
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--page); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
}
main { max-width: 1200px; margin: 0 auto; padding: 24px 16px 48px; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0; letter-spacing: -0.01em; }
h2 { font-size: 1.2rem; margin: 0 0 2px; }
h3, figcaption { font-size: 0.9rem; font-weight: 600; line-height: 1.4; margin: 0 0 6px; }
section > * + .pair, section > .pair + *, section > div + div { margin-top: 24px; }
p { margin: 0; }
.lead, .about { color: var(--soft); }
.lead { margin: 4px 0 20px; }
.about { margin: 0 0 14px; max-width: 78ch; font-size: 0.92rem; }
section { background: var(--paper); border: 1px solid var(--line); border-radius: 10px; padding: 18px 16px; margin-top: 16px; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(128px, 1fr)); gap: 10px; margin: 0; padding: 0; }
.tiles div { background: var(--paper); border: 1px solid var(--line); border-radius: 10px; padding: 10px 14px; }
.tiles dt { color: var(--soft); font-size: 0.85rem; }
.tiles dd { margin: 0; font-size: 1.45rem; font-weight: 600; line-height: 1.25; font-variant-numeric: tabular-nums; }
.pair { display: grid; gap: 16px; grid-template-columns: minmax(0, 1fr); align-items: start; }
.multiples { display: grid; gap: 14px; grid-template-columns: minmax(0, 1fr); }
@media (min-width: 860px) {
  main { padding: 36px 28px 64px; }
  section { padding: 22px 26px; }
  .pair { grid-template-columns: minmax(0, 5fr) minmax(0, 7fr); gap: 28px; }
  .multiples { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 20px 32px; }
}
@media (max-width: 480px) { table { font-size: 0.8rem; } th, td { padding: 5px; } }
figure { margin: 0; }
svg { display: block; width: 100%; height: auto; overflow: visible; }
svg text { font-size: 11px; fill: var(--soft); }
svg .label { fill: var(--ink); text-anchor: end; dominant-baseline: middle; }
svg .value { fill: var(--ink); dominant-baseline: middle; font-variant-numeric: tabular-nums; }
svg .amount { fill: var(--ink); text-anchor: end; dominant-baseline: middle; font-size: 10px; font-variant-numeric: tabular-nums; }
svg .none { font-style: italic; dominant-baseline: middle; }
svg .tick, svg .unit { text-anchor: middle; font-size: 10px; }
svg .level { text-anchor: end; dominant-baseline: middle; font-size: 10px; }
svg .grid { stroke: var(--grid); stroke-width: 1; }
svg .axis { stroke: var(--soft); stroke-width: 1; }
svg .span { stroke: var(--far); stroke-width: 3; }
.first { fill: var(--first); } .second { fill: var(--second); } .near { fill: var(--first); } .far { fill: var(--far); }
.key { display: flex; flex-wrap: wrap; gap: 4px 16px; font-size: 0.85rem; color: var(--soft); margin: 2px 0 0; padding: 0; list-style: none; }
.key svg { display: inline-block; width: 12px; height: 12px; margin-right: 6px; vertical-align: -1px; }
.scroll {
  overflow-x: auto; background:
    linear-gradient(to right, var(--paper) 40%, transparent) left / 40px 100% no-repeat local,
    linear-gradient(to left, var(--paper) 40%, transparent) right / 40px 100% no-repeat local,
    linear-gradient(to right, var(--shade), transparent) left / 14px 100% no-repeat scroll,
    linear-gradient(to left, var(--shade), transparent) right / 14px 100% no-repeat scroll;
}
.scroll:focus-visible { outline: 2px solid var(--first); outline-offset: 2px; }
.long { max-height: 420px; overflow: auto; border: 1px solid var(--line); border-radius: 6px; }
table { border-collapse: collapse; width: 100%; font-size: 0.86rem; font-variant-numeric: tabular-nums; }
th, td { padding: 5px 7px; text-align: right; white-space: nowrap; border-bottom: 1px solid var(--grid); }
.words { text-align: left; }
thead th { color: var(--soft); font-weight: 600; border-bottom: 1px solid var(--line); }
.long thead th { position: sticky; top: 0; background: var(--paper); box-shadow: inset 0 -1px var(--line); }
tbody th { font-weight: 500; }
tbody tr:hover { background: var(--quiet); }
.empty { color: var(--soft); font-style: italic; }
footer { color: var(--soft); font-size: 0.85rem; margin-top: 24px; max-width: 90ch; }
footer p + p { margin-top: 6px; }
@media print {
  :root {
    color-scheme: light; --page: #fff; --paper: #fff; --ink: #000; --soft: #444; --line: #bbb; --grid: #ddd;
    --first: #1f6fb2; --second: #d9822b; --far: #9bbfdd; --quiet: #fff;
  }
  body { font-size: 10pt; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  main { max-width: none; padding: 0; }
  section { border: 0; padding: 8px 0; }
  .pair { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 18px; }
  .multiples { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .long, .scroll { max-height: none; overflow: visible; border: 0; background: none; }
  .long thead th { position: static; }
  figure, tr, .tiles div { break-inside: avoid; }
  h2, h3, figcaption, thead { break-after: avoid; }
}
`;
