/** @file Every candidate in the order of its evaluation. */
import type { PromptSearch } from '../../words/prompt-space.ts';
import { searchOf } from '../../words/searched-slots.ts';
import { escapeHtml } from '../escape-html.ts';
import type { CandidateEvent, ConfirmationEvent, RejectedEvent } from '../study-event.ts';
import type { StudyRecord } from '../study-record.ts';
import { formatLoss } from './format-number.ts';

/** The prompts that were searched, as the events name them. */
type Column = 'prompt' | 'negativePrompt';

const HEADS: Readonly<Record<Column, string>> = { prompt: 'Prompt', negativePrompt: 'Negative prompt' };

/** Rows that are open at first. */
const FIRST_ROWS = 20;

/** The first rows in a table, the rest in a second one that opens on demand. */
export function evaluationSection({ candidates, rejected, confirmations, started }: StudyRecord): string {
  const columns = columnsOf(searchOf(started.space));
  const best = candidates.findLastIndex(({ improved }) => improved);
  const rows = candidates.map((candidate, i) => evaluationRow(candidate, columns, i === best));
  const rest = rows.slice(FIRST_ROWS);
  return [
    '<section aria-labelledby="evaluations">',
    '<h2 id="evaluations">Evaluations</h2>',
    rows.length === 0
      ? '<p>None.</p>'
      : evaluationTable(rows.slice(0, FIRST_ROWS), columns, 'First evaluations'),
    rest.length === 0
      ? ''
      : `<details><summary>${rest.length} more</summary>${evaluationTable(rest, columns, 'Further evaluations')}</details>`,
    confirmedPrompts(confirmations, columns),
    rejectedPrompts(rejected),
    '</section>',
  ].join('\n');
}

function columnsOf(search: PromptSearch): readonly Column[] {
  const columns = {
    positive: ['prompt'],
    negative: ['negativePrompt'],
    both: ['prompt', 'negativePrompt'],
  } as const;
  return columns[search];
}

function evaluationTable(rows: readonly string[], columns: readonly Column[], label: string): string {
  const heads = ['#', 'Loss', ...columns.map((column) => HEADS[column]), 'From'];
  const head = heads.map((text) => `<th scope="col">${text}</th>`).join('');
  return `<div class="scroll" tabindex="0" role="region" aria-label="${label}"><table class="evaluations"><thead><tr>${head}</tr></thead><tbody>\n${rows.join('\n')}\n</tbody></table></div>`;
}

function evaluationRow(candidate: CandidateEvent, columns: readonly Column[], isBest: boolean): string {
  const { index, loss, pruned, phase } = candidate;
  const reason = reasonText(candidate);
  const likeness = similarityText(candidate);
  const mark = markOf(candidate, isBest);
  const texts = columns.map((column, i) => {
    const words =
      candidate[column] === '' ? '<i>none</i>' : `<span dir="auto">${escapeHtml(candidate[column])}</span>`;
    return `<td>${words}${i === columns.length - 1 ? mark + likeness + reason : ''}</td>`;
  });
  const cells = [`<td>${formatLoss(loss ?? pruned?.loss ?? null)}</td>`, ...texts, `<td>${phase}</td>`];
  return `<tr${isBest ? ' class="chosen"' : ''}><th scope="row">${index}</th>${cells.join('')}</tr>`;
}

/** Why it is none of those that may be the best. */
function reasonText({ invalid, pruned }: CandidateEvent): string {
  if (pruned) return ' <small>stopped early, at this loss</small>';
  return invalid === null ? '' : `<small>does not count: ${escapeHtml(invalid)}</small>`;
}

/** The original is always similar to itself. */
function similarityText({ similarity, index }: CandidateEvent): string {
  return similarity === undefined || index === 0 ? '' : ` <small>similarity ${similarity.toFixed(3)}</small>`;
}

/** At most so many rejected prompts are shown; all are in result.json. */
const SHOWN_REJECTIONS = 50;

function rejectedPrompts(rejected: readonly RejectedEvent[]): string {
  if (rejected.length === 0) return '';
  const closest = rejected.toSorted((a, b) => b.similarity - a.similarity).slice(0, SHOWN_REJECTIONS);
  const rows = closest.map(
    ({ similarity, prompt }) =>
      `<tr><td>${similarity.toFixed(3)}</td><td><span dir="auto">${escapeHtml(prompt)}</span></td></tr>`,
  );
  const which = closest.length < rejected.length ? `, the ${closest.length} most similar` : '';
  const head = '<th scope="col">Similarity</th><th scope="col">Prompt</th>';
  return `<details><summary>${rejected.length} rejected as too unlike the prompt${which}</summary><div class="scroll" tabindex="0" role="region" aria-label="Rejected prompts"><table class="evaluations"><thead><tr>${head}</tr></thead><tbody>\n${rows.join('\n')}\n</tbody></table></div></details>`;
}

/** The original and the best once more, where the search's own pictures were not exact. */
function confirmedPrompts(
  confirmations: readonly ConfirmationEvent[] = [],
  columns: readonly Column[],
): string {
  if (confirmations.length === 0) return '';
  const rows = confirmations.map((confirmed) => {
    const texts = columns.map(
      (column) => `<td><span dir="auto">${escapeHtml(confirmed[column]) || '<i>none</i>'}</span></td>`,
    );
    return `<tr><td>${formatLoss(confirmed.loss)}</td><td>${formatLoss(confirmed.searchLoss)}</td>${texts.join('')}</tr>`;
  });
  const heads = ['Loss', 'In the search', ...columns.map((column) => HEADS[column])];
  const head = heads.map((text) => `<th scope="col">${text}</th>`).join('');
  return `<h3 id="confirmed">With exact pictures</h3>\n<div class="scroll" tabindex="0" role="region" aria-labelledby="confirmed"><table class="evaluations"><thead><tr>${head}</tr></thead><tbody>\n${rows.join('\n')}\n</tbody></table></div>`;
}

function markOf({ improved, index }: CandidateEvent, isBest: boolean): string {
  if (isBest) return ' <span class="tick">✓ best</span>';
  return improved && index > 0 ? ' <small>new best</small>' : '';
}
