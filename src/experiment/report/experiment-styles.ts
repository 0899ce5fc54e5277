/** @file What an experiment's report has beyond the style sheet of a study's. */
import { STYLES } from '../../study/report/styles.ts';
import { pageChartStyles } from './chart-colours.ts';

export const EXPERIMENT_STYLES = `${STYLES}
main, footer { max-width: 1000px; }
.only-wide .curve { max-width: 760px; }
.verdict { border-left: 4px solid var(--muted); background: var(--raised); padding: 12px 14px; border-radius: 0 6px 6px 0; margin: 0 0 16px; }
.verdict.yes { border-color: var(--good); background: var(--good-soft); }
.verdict.no { border-color: var(--bad); }
.verdict.open { border-color: var(--warn); background: var(--warn-soft); }
.verdict .label { display: block; font-size: .8rem; font-weight: 600; }
.verdict.yes .label { color: var(--good); } .verdict.no .label { color: var(--bad); } .verdict.open .label { color: var(--warn); }
.figures th, .figures td { padding-right: 16px; }
.figures .number { text-align: right; white-space: nowrap; }
.figures th:last-child, .figures td:last-child { padding-right: 0; }
.figures .interval { white-space: nowrap; }
.figures tbody th { font-weight: 500; min-width: 7em; }
.figures td:not(.number) { min-width: 9em; }
@media (max-width: 639px) {
  .figures tbody th { position: sticky; left: 0; background: var(--paper); max-width: 8em; padding-right: 10px; }
}
.state { white-space: nowrap; font-weight: 600; }
.state.holds { color: var(--good); } .state.contradicted { color: var(--bad); } .state.open { color: var(--warn); } .state.unmeasured { color: var(--muted); }
.figures tr.again > th { color: var(--muted); font-weight: 400; }
.strips { display: grid; gap: 20px 28px; grid-template-columns: minmax(0, 1fr); }
.strip h4 { margin: 0 0 6px; font-weight: 500; }
.strip-pictures { display: grid; gap: 10px; grid-template-columns: repeat(auto-fill, minmax(120px, 1fr)); max-width: 840px; }
.strip img, .strip .missing { display: block; width: 100%; height: auto; aspect-ratio: 1; border-radius: 4px; object-fit: contain; font-size: .75rem; text-align: center; }
.strip .missing { display: grid; }
.strip figcaption { font-size: .8rem; line-height: 1.35; margin-top: 4px; }
.strip figcaption b { display: block; }
.strip figcaption .muted { font-size: .8rem; }
${pageChartStyles()}
@media (min-width: 900px) {
  .figures .interval { display: inline; margin-left: 4px; }
  .figures th, .figures td { padding-right: 20px; }
  .strips.two { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .strips.two .strip-pictures { grid-template-columns: repeat(4, minmax(0, 1fr)); }
}
@media print { .strip, figure, .verdict { break-inside: avoid; } .scroll { overflow: visible; } main { max-width: none; } }
`;
