/** @file The head of the report: what was asked, what was found, and the losses that say so. */
import type { PromptSearch, Task } from '../../words/prompt-space.ts';
import { escapeHtml } from '../escape-html.ts';
import { isOriginalBest } from '../is-original-best.ts';
import type { PictureSettings } from '../recorded-settings.ts';
import type { StudyRecord } from '../study-record.ts';
import type { PairedDifference, ScoredPrompt, StudyResult } from '../study-result.ts';
import { formatDifference, formatLoss, formatSeeds } from './format-number.ts';

const CLIP_LOSSES = { spherical: 'Spherical CLIP loss', cosine: 'Cosine CLIP loss' };

const KINDS: Readonly<Record<Task, Readonly<Record<PromptSearch, string>>>> = {
  improve: {
    negative: 'Search for a better negative prompt',
    positive: 'Search for better words for a prompt',
    both: 'Search for better words and a negative prompt',
  },
  attack: {
    negative: 'Attack by a negative prompt',
    positive: 'Attack on a prompt',
    both: 'Attack on a prompt and by a negative prompt',
  },
};

/** Prompts with more characters are set smaller. */
const LONG_TITLE = 90;

/** The title with the prompt, the summary, warnings, and the words that were found. */
export function summarySection({ result, warnings }: StudyRecord): string {
  const kind = KINDS[result.task][result.search];
  return [
    '<header>',
    `<p class="kind">${kind}</p>`,
    `<h1 dir="auto"${result.prompt.length > LONG_TITLE ? ' class="long"' : ''}>${escapeHtml(result.prompt)}</h1>`,
    `<p class="lead">${escapeHtml(result.summary)}</p>`,
    ...warnings.map((text) => `<p class="warning"><strong>Note:</strong> ${escapeHtml(text)}</p>`),
    foundPrompt(result),
    '</header>',
  ].join('\n');
}

/** The table of losses on searched and held-out seeds. */
export function lossSection({ result, started }: StudyRecord): string {
  const direction = result.task === 'attack' ? 'The attack seeks a high loss.' : 'Lower is better.';
  return [
    '<section aria-labelledby="losses">',
    '<h2 id="losses">Loss</h2>',
    `<p>${escapeHtml(lossText(started.settings, result.original.scorers !== undefined))}, averaged over seeds. ${direction}</p>`,
    '<div class="scroll" tabindex="0" role="region" aria-labelledby="losses"><table class="numbers">',
    '<thead><tr><th scope="col">Seeds</th><th scope="col">Original</th><th scope="col">Best</th><th scope="col">Difference</th></tr></thead>',
    '<tbody>',
    lossRow('Searched', result.seeds, result.original.loss, result.best.loss, null),
    ...scorerRows(result, 'loss'),
    lossRow(
      'Held out',
      result.heldOutSeeds,
      result.original.heldOutLoss,
      result.best.heldOutLoss,
      result.heldOutDifference,
    ),
    ...scorerRows(result, 'heldOutLoss'),
    ...heldOutScorerRows(result),
    '</tbody></table></div>',
    intervalNote(result.heldOutDifference),
    '</section>',
  ].join('\n');
}

/** What the numbers are. */
function lossText({ scorer, loss }: PictureSettings, isSum: boolean): string {
  const kind = loss === undefined ? 'Loss' : CLIP_LOSSES[loss];
  return `${isSum ? `Sum of losses (${scorer})` : kind} between the pictures and the prompt`;
}

/** What each of several scorers says by itself. */
function scorerRows({ original, best }: StudyResult, which: 'loss' | 'heldOutLoss'): string[] {
  if (which === 'heldOutLoss' && original.heldOutLoss === null) return [];
  return (original.scorers ?? []).map((part, i) => {
    const times = part.weight === 1 ? '' : `, weight ${part.weight}`;
    const head = `<span class="muted">by</span> ${escapeHtml(part.scorer + times)}`;
    return tableRow(head, part[which], best.scorers?.[i][which] ?? null, null);
  });
}

/** What the scorer says that the search never saw. */
function heldOutScorerRows({ original, best, heldOutScorer }: StudyResult): string[] {
  if (!heldOutScorer || heldOutScorer.verdict === null) return [];
  const [before, after] = [original.heldOutScorer, best.heldOutScorer];
  const head = (seeds: string) =>
    `Held-out scorer ${escapeHtml(heldOutScorer.name)} <span class="muted">${seeds} seeds</span>`;
  const rows = [
    ['searched', before?.loss ?? null, after?.loss ?? null, null],
    ['held-out', before?.heldOutLoss ?? null, after?.heldOutLoss ?? null, heldOutScorer.heldOutDifference],
  ] as const;
  return rows
    .filter(([, from]) => from !== null)
    .map(([seeds, from, to, paired]) => tableRow(head(seeds), from, to, paired));
}

function foundPrompt(result: StudyResult): string {
  const { search, best } = result;
  const positive = foundText('Best prompt found', best.prompt, similarityNote(best));
  const negative = foundText('Negative prompt found', best.negativePrompt);
  if (!isOriginalBest(result)) return { positive, negative, both: positive + negative }[search];
  const label = search === 'negative' ? 'Negative prompt found' : 'Best prompt found';
  return `<p class="found"><span class="label">${label}</span> <span>none that beats the original</span></p>`;
}

/** @param note as HTML */
function foundText(label: string, text: string, note = ''): string {
  const words = text === '' ? '<span>none</span>' : `<q dir="auto">${escapeHtml(text)}</q>`;
  return `<p class="found"><span class="label">${label}</span> ${words}${note}</p>`;
}

function similarityNote({ similarity }: ScoredPrompt): string {
  if (similarity === undefined) return '';
  return ` <span class="muted">similarity to the prompt ${similarity.toFixed(2)}</span>`;
}

function lossRow(
  name: string,
  seeds: readonly number[],
  original: number | null,
  best: number | null,
  paired: PairedDifference | null,
): string {
  if (seeds.length === 0) return '';
  return tableRow(`${name} <span class="muted">${formatSeeds(seeds)}</span>`, original, best, paired);
}

/** @param head as HTML */
function tableRow(
  head: string,
  original: number | null,
  best: number | null,
  paired: PairedDifference | null,
): string {
  const mean = paired?.mean ?? (original !== null && best !== null ? best - original : null);
  const difference = mean === null ? '–' : formatDifference(mean) + intervalOf(paired);
  return `<tr><th scope="row">${head}</th><td>${formatLoss(original)}</td><td>${formatLoss(best)}</td><td>${difference}</td></tr>`;
}

function intervalOf(paired: PairedDifference | null): string {
  if (!paired?.interval) return '';
  const [low, high] = paired.interval.map(formatDifference);
  return ` <span class="interval">${low} to ${high}</span>`;
}

function intervalNote(paired: PairedDifference | null): string {
  if (!paired?.interval) return '';
  const [low, high] = paired.interval;
  const meaning =
    low <= 0 && high >= 0
      ? 'It includes zero, so nothing was measured there beyond chance.'
      : 'It does not include zero.';
  return `<p class="muted">The range is the 95 % confidence interval over the held-out seeds. ${meaning} The search chose among candidates by the searched seeds, so their difference flatters it.</p>`;
}
