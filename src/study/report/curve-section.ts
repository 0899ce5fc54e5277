/** @file The loss curve with its legend, once for wide and once for narrow screens. */

import { candidateState } from '../study-event.ts';
import type { StudyRecord } from '../study-record.ts';
import { lossCurve } from './loss-curve.ts';
import { invalidMark, PHASE_MARKS, phaseMark, prunedMark } from './phase-marks.ts';

const WIDE = { width: 760, height: 340 };
const NARROW = { width: 340, height: 300 };

/** The curve, or a sentence where no candidate has a loss. */
export function curveSection(record: StudyRecord): string {
  const wide = lossCurve(record, WIDE, 'wide-curve');
  if (wide === '') return section('<p>No candidate was scored.</p>');
  return section(
    [
      '<figure>',
      `<div class="only-wide">${wide}</div>`,
      `<div class="only-narrow">${lossCurve(record, NARROW, 'narrow-curve')}</div>`,
      `<figcaption>${legend(record)}</figcaption>`,
      '</figure>',
    ].join('\n'),
  );
}

function section(content: string): string {
  return `<section aria-labelledby="curve">\n<h2 id="curve">Search</h2>\n${content}\n</section>`;
}

/** Only what the curve holds. */
function legend({ candidates, gradients }: StudyRecord): string {
  const phases = Object.keys(PHASE_MARKS) as (keyof typeof PHASE_MARKS)[];
  const items = phases
    .filter((phase) => candidates.some((candidate) => candidate.phase === phase))
    .map((phase) => item(phaseMark(phase, 7, 7), PHASE_MARKS[phase].label));
  if (candidates.some(({ pruned }) => pruned)) items.push(item(prunedMark(7, 7), 'stopped early'));
  if (candidates.some((candidate) => candidateState(candidate) === 'invalid'))
    items.push(item(invalidMark(7, 7), 'does not count'));
  items.push(item('<path class="best-line" d="M0 7H14"/>', 'best so far'));
  if (gradients.length > 0) {
    const band = '<rect class="band" width="14" height="14"/>';
    items.push(item(band, `${gradients.length} gradient iterations, which learn the distribution`));
  }
  return `<ul class="legend">${items.join('')}</ul>`;
}

function item(sign: string, label: string): string {
  return `<li><svg viewBox="0 0 14 14" width="14" height="14" aria-hidden="true">${sign}</svg>${label}</li>`;
}
