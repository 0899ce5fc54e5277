/** @file The report's style sheet: one column, phone first, light and dark. */

export const STYLES = `
:root {
  --paper: #ffffff; --raised: #f6f8fa; --ink: #1b1f24; --muted: #59636e; --line: #d1d9e0;
  --accent: #0a5fc2; --accent-soft: #dbeafe; --good: #1a6b32; --good-soft: #e3f4e8;
  --warn: #7a4b00; --warn-soft: #fff3d6; --bad: #b3261e; --violet: #7a3fc0; --teal: #0b7a75;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #0f1318; --raised: #1a2028; --ink: #e8ecf1; --muted: #a3adb9; --line: #39424d;
    --accent: #79b8ff; --accent-soft: #1c2f49; --good: #7ee29b; --good-soft: #15301e;
    --warn: #ffcf70; --warn-soft: #33270c; --bad: #ff9089; --violet: #c8a2ff; --teal: #5fd6cf;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
}
main, footer { max-width: 820px; margin: 0 auto; padding: 0 16px; overflow-wrap: anywhere; }
header { padding-top: 28px; }
h1 { font-size: clamp(1.5rem, 5vw, 2.1rem); line-height: 1.2; margin: 0 0 12px; }
h1.long { font-size: 1.2rem; line-height: 1.35; }
h2 { font-size: 1.25rem; margin: 0 0 8px; }
h3 { font-size: 1.05rem; margin: 24px 0 4px; }
h4 { font-size: .9rem; margin: 0 0 8px; }
p { margin: 0 0 12px; }
section { margin-top: 36px; padding-top: 20px; border-top: 1px solid var(--line); }
footer { margin: 40px auto 32px; color: var(--muted); font-size: .875rem; }
.kind { color: var(--muted); font-size: .875rem; margin: 0 0 4px; }
.lead { font-size: 1.1rem; }
.muted, small { color: var(--muted); font-size: .875rem; }
.warning { background: var(--warn-soft); color: var(--warn); padding: 8px 12px; border-radius: 6px; font-size: .925rem; }
.found { background: var(--good-soft); padding: 12px 14px; border-radius: 6px; }
.found .label { display: block; font-size: .8rem; color: var(--good); }
.found q { font-size: 1.1rem; font-weight: 600; }
.found .muted { display: block; }
.pairs { display: grid; gap: 16px; grid-template-columns: repeat(auto-fill, minmax(min(100%, 300px), 1fr)); }
.pair { background: var(--raised); border: 1px solid var(--line); border-radius: 8px; padding: 12px; }
.before-after { display: grid; grid-template-columns: 1fr 1fr; gap: 12px; }
figure { margin: 0; }
.pair img, .missing { display: block; width: 100%; height: auto; aspect-ratio: 1; border-radius: 4px; object-fit: contain; }
.missing { display: grid; place-items: center; border: 1px dashed var(--line); color: var(--muted); font-size: .875rem; }
img.pixels { image-rendering: pixelated; }
.pair figcaption { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 8px; font-size: .875rem; margin-top: 6px; }
.pair figcaption b, td, .share { font-variant-numeric: tabular-nums; }
.scroll { overflow-x: auto; }
.scroll + p { margin-top: 10px; }
table { border-collapse: collapse; width: 100%; font-size: .925rem; }
th, td { text-align: left; vertical-align: top; padding: 7px 10px 7px 0; border-bottom: 1px solid var(--line); font-weight: 400; }
thead th { color: var(--muted); font-size: .8rem; }
th small, td small { display: block; }
.numbers th, .numbers td { white-space: nowrap; }
.numbers th .muted, .interval { display: block; color: var(--muted); font-size: .8rem; }
.numbers td { font-size: 1.05rem; }
.evaluations th:first-child { color: var(--muted); width: 2.5em; font-variant-numeric: tabular-nums; }
.evaluations td:nth-child(2) { width: 4.5em; }
.evaluations th:last-child, .evaluations td:last-child { padding-right: 0; width: 6em; white-space: nowrap; }
.chosen > * { background: var(--good-soft); }
.chosen th:first-child { box-shadow: inset 3px 0 var(--good); padding-left: 8px; }
.tick { color: var(--good); font-size: .8rem; font-weight: 600; white-space: nowrap; }
.slots { display: grid; gap: 24px 32px; grid-template-columns: repeat(auto-fill, minmax(min(100%, 300px), 1fr)); align-items: start; }
.slot caption { text-align: left; font-weight: 600; font-size: 1.05rem; padding-bottom: 2px; }
.slot td { width: 45%; white-space: nowrap; padding-right: 0; }
.bar { display: inline-block; vertical-align: middle; width: calc(100% - 3.6em); height: 10px; background: var(--accent-soft); border-radius: 3px; overflow: hidden; }
.bar > span { display: block; height: 100%; background: var(--accent); }
.share { display: inline-block; width: 3.4em; text-align: right; font-size: .875rem; }
.curve { display: block; width: 100%; height: auto; }
.curve text { font-size: 12px; fill: var(--muted); }
.curve .grid { stroke: var(--line); stroke-width: 1; opacity: .6; }
.curve .axis { stroke: var(--muted); stroke-width: 1; }
.curve .axis-name, .curve .band-name { fill: var(--ink); }
.band { fill: var(--accent-soft); opacity: .7; }
.best-line { fill: none; stroke: var(--good); stroke-width: 2.5; stroke-linejoin: round; }
.mark { fill: var(--muted); stroke: var(--paper); stroke-width: .75; }
.mark.original { fill: var(--ink); }
.mark.random { fill: var(--teal); }
.mark.gradient { fill: var(--accent); }
.mark.evolution { fill: var(--violet); }
.mark.pruned { fill: none; stroke: var(--muted); stroke-width: 2; }
.mark.invalid { fill: none; stroke: var(--bad); stroke-width: 2; }
.ablation td { white-space: nowrap; font-variant-numeric: tabular-nums; }
.ablation th { min-width: 8em; }
.ablation .effect { display: inline-block; min-width: 3.6em; text-align: right; }
.effect-bar { vertical-align: middle; margin-right: 8px; max-width: 34vw; }
.effect-bar .axis { stroke: var(--line); stroke-width: 1; }
.effect-bar .helped { fill: var(--good); opacity: .75; } .effect-bar .hurt { fill: var(--bad); opacity: .75; }
.effect-bar .whisker { stroke: var(--ink); stroke-width: 1.25; fill: none; }
.legend { list-style: none; margin: 8px 0 0; padding: 0; display: flex; flex-wrap: wrap; gap: 4px 18px; font-size: .875rem; color: var(--muted); }
.legend li { display: flex; align-items: center; gap: 6px; }
.legend svg { flex: none; }
.only-wide { display: none; }
@media (min-width: 640px) { .only-wide { display: block; } .only-narrow { display: none; } }
details { margin-top: 12px; }
summary { cursor: pointer; color: var(--accent); padding: 6px 0; }
.settings { margin: 0; display: grid; gap: 0 32px; grid-template-columns: repeat(auto-fill, minmax(min(100%, 300px), 1fr)); }
.settings div { display: flex; justify-content: space-between; gap: 16px; padding: 6px 0; border-bottom: 1px solid var(--line); font-size: .925rem; }
.settings dt { color: var(--muted); flex: none; }
.settings dd { margin: 0; text-align: right; }
pre span { display: inline-block; max-width: 100%; }
pre { background: var(--raised); border: 1px solid var(--line); border-radius: 6px; padding: 12px; margin: 8px 0 0; white-space: pre-wrap; overflow-wrap: anywhere; font: .875rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
@media print { .pair, tr { break-inside: avoid; } details > * { display: block; } }
`;
