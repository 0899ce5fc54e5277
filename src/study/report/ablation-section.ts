/** @file Which words of the best prompt mattered: what leaving each one out did to the loss. */
import type { Task } from '../../words/prompt-space.ts';
import { escapeHtml } from '../escape-html.ts';
import type { WordEffect } from '../word-effect.ts';
import { formatDifference } from './format-number.ts';

const COMPARED: Readonly<Record<Task, string>> = {
  improve: 'The loss without each word, less the loss with it',
  attack: 'The loss with each word, less the loss without it: an attack raises it',
};

const PARTS = { negative: 'in the negative prompt', positive: 'in the prompt' } as const;

/** Of the bar's drawing, in units of its own. */
const WIDTH = 140;
const HEIGHT = 16;

/** The words with their bars, the strongest first; an empty string without words. */
export function ablationSection(effects: readonly WordEffect[], task: Task = 'improve'): string {
  if (effects.length === 0) return '';
  const hasHeldOut = effects.some(({ heldOutEffect }) => heldOutEffect !== undefined);
  const scale = scaleOf(effects);
  const rows = effects
    .toSorted((a, b) => order(b.effect) - order(a.effect))
    .map((effect) => wordRow(effect, scale, hasHeldOut));
  const heads = ['Word', 'Searched seeds', ...(hasHeldOut ? ['Held-out seeds'] : [])];
  const head = heads.map((text) => `<th scope="col">${text}</th>`).join('');
  return [
    '<section aria-labelledby="words-mattered">',
    '<h2 id="words-mattered">Which words mattered</h2>',
    `<p>${COMPARED[task]}. Above 0 the word helped; the line is the 95 % interval over seeds, and one that crosses 0 says that the word may as well not be there.</p>`,
    `<div class="scroll" tabindex="0" role="region" aria-labelledby="words-mattered"><table class="ablation"><thead><tr>${head}</tr></thead><tbody>`,
    ...rows,
    '</tbody></table></div>',
    '</section>',
  ].join('\n');
}

/** What is no number comes last. */
function order(effect: number): number {
  return Number.isFinite(effect) ? effect : Number.NEGATIVE_INFINITY;
}

/** The largest distance from 0 that is drawn. */
function scaleOf(effects: readonly WordEffect[]): number {
  const values = effects.flatMap(({ effect, interval, heldOutEffect, heldOutInterval }) => [
    ...[effect, heldOutEffect ?? 0],
    ...[...(interval ?? []), ...(heldOutInterval ?? [])],
  ]);
  return Math.max(...values.filter(Number.isFinite).map(Math.abs), Number.MIN_VALUE);
}

function wordRow(effect: WordEffect, scale: number, hasHeldOut: boolean): string {
  const { word, insteadOf, part, interval, heldOutEffect = Number.NaN, heldOutInterval = null } = effect;
  const cells = [
    effectCell(effect.effect, interval, scale),
    ...(hasHeldOut ? [effectCell(heldOutEffect, heldOutInterval, scale)] : []),
  ];
  const place = insteadOf === undefined ? PARTS[part] : `instead of ${escapeHtml(insteadOf)}`;
  const name = `<span dir="auto">${escapeHtml(word)}</span> <small>${place}</small>`;
  return `<tr><th scope="row">${name}</th>${cells.join('')}</tr>`;
}

function effectCell(effect: number, interval: WordEffect['interval'], scale: number): string {
  if (!Number.isFinite(effect)) return '<td>–</td>';
  const ends = interval?.every(Number.isFinite) ? interval : null;
  const range =
    ends === null ? '' : ` <span class="interval">${ends.map(formatDifference).join(' to ')}</span>`;
  return `<td>${effectBar(effect, ends, scale)}<span class="effect">${formatDifference(effect)}</span>${range}</td>`;
}

/** A bar from 0 in the middle, with the interval as whiskers. */
function effectBar(effect: number, interval: WordEffect['interval'], scale: number): string {
  const x = (value: number) => Math.round(10 * (WIDTH / 2 + ((WIDTH / 2 - 4) * value) / scale)) / 10;
  const [from, to] = effect < 0 ? [x(effect), x(0)] : [x(0), x(effect)];
  const middle = HEIGHT / 2;
  const bar = `<rect class="${effect < 0 ? 'hurt' : 'helped'}" x="${from}" y="3" width="${Math.round(10 * (to - from)) / 10}" height="${HEIGHT - 6}"/>`;
  const whisker =
    interval === null
      ? ''
      : `<path class="whisker" d="M${x(interval[0])} ${middle}H${x(interval[1])}M${x(interval[0])} ${middle - 4}v8M${x(interval[1])} ${middle - 4}v8"/>`;
  return `<svg class="effect-bar" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" aria-hidden="true"><path class="axis" d="M${WIDTH / 2} 0V${HEIGHT}"/>${bar}${whisker}</svg>`;
}
