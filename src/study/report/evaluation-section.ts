/** @file Every candidate in the order of its evaluation. */
import { escapeHtml } from '../escape-html.ts';
import type { CandidateEvent } from '../study-event.ts';
import type { StudyRecord } from '../study-record.ts';
import { formatLoss } from './format-number.ts';

/** Rows that are open at first. */
const FIRST_ROWS = 20;

/** The first rows in a table, the rest in a second one that opens on demand. */
export function evaluationSection({ candidates, started }: StudyRecord): string {
  const isAttack = started.space.task === 'attack';
  const best = candidates.findLastIndex(({ improved }) => improved);
  const rows = candidates.map((candidate, i) => evaluationRow(candidate, isAttack, i === best));
  const rest = rows.slice(FIRST_ROWS);
  return [
    '<section aria-labelledby="evaluations">',
    '<h2 id="evaluations">Evaluations</h2>',
    rows.length === 0
      ? '<p>None.</p>'
      : evaluationTable(rows.slice(0, FIRST_ROWS), isAttack, 'First evaluations'),
    rest.length === 0
      ? ''
      : `<details><summary>${rest.length} more</summary>${evaluationTable(rest, isAttack, 'Further evaluations')}</details>`,
    '</section>',
  ].join('\n');
}

function evaluationTable(rows: readonly string[], isAttack: boolean, label: string): string {
  const heads = ['#', 'Loss', isAttack ? 'Prompt' : 'Negative prompt', 'From'];
  const head = heads.map((text) => `<th scope="col">${text}</th>`).join('');
  return `<div class="scroll" tabindex="0" role="region" aria-label="${label}"><table class="evaluations"><thead><tr>${head}</tr></thead><tbody>\n${rows.join('\n')}\n</tbody></table></div>`;
}

function evaluationRow(candidate: CandidateEvent, isAttack: boolean, isBest: boolean): string {
  const { index, loss, invalid, phase } = candidate;
  const text = isAttack ? candidate.prompt : candidate.negativePrompt;
  const words = text === '' ? '<i>none</i>' : `<span dir="auto">${escapeHtml(text)}</span>`;
  const reason = invalid === null ? '' : `<small>does not count: ${escapeHtml(invalid)}</small>`;
  const mark = markOf(candidate, isBest);
  const cells = [`<td>${formatLoss(loss)}</td>`, `<td>${words}${mark}${reason}</td>`, `<td>${phase}</td>`];
  return `<tr${isBest ? ' class="chosen"' : ''}><th scope="row">${index}</th>${cells.join('')}</tr>`;
}

function markOf({ improved, index }: CandidateEvent, isBest: boolean): string {
  if (isBest) return ' <span class="tick">✓ best</span>';
  return improved && index > 0 ? ' <small>new best</small>' : '';
}
