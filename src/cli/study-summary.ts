/** @file A study's result for people: what was found, what it does on which seeds, and how to use it. */
import { isOriginalBest } from '../study/is-original-best.ts';
import type { ScoredPrompt, StudyResult } from '../study/study-result.ts';
import type { WordEffect } from '../study/word-effect.ts';
import { counted } from './amount-text.ts';
import { durationText } from './duration-text.ts';
import { seedText } from './seed-text.ts';
import { textTable } from './text-table.ts';
import { visibleText } from './visible-text.ts';

const ENDINGS: Readonly<Record<StudyResult['stoppedBy'], string>> = {
  budget: 'the budget was spent',
  time: 'the time was up',
  plateau: 'there was no new best for a while',
  exhausted: 'every combination was tried',
  rejected: 'nearly every combination was too unlike the prompt',
  completed: 'the method was done',
  aborted: 'it was stopped',
};

/**
 * @param command the command line that makes the best pictures again
 * @param unwritten files of the run folder that could not be written
 */
export function studySummary(
  result: StudyResult,
  command: string,
  unwritten: readonly string[] = [],
): string {
  const blocks = [
    result.best.loss === null ? [] : [foundBlock(result)],
    lossTable(result),
    [result.summary],
    wordTable(result),
    [effortLine(result)],
    pointers(result, command, unwritten),
  ];
  const texts = blocks.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
  return visibleText(`${texts.join('\n\n')}\n`);
}

/** The text that was found stands on a line of its own, ready to be copied. */
function foundBlock(result: StudyResult): string {
  const { task, search, best } = result;
  if (isOriginalBest(result)) return `No ${NAMES[search][task]} was found.`;
  const similarity =
    best.similarity === undefined ? '' : ` (similarity to yours ${best.similarity.toFixed(3)})`;
  const [prompt, negative] =
    task === 'improve'
      ? ['Best prompt', 'Best negative prompt']
      : [`Prompt that breaks the pictures${similarity}`, 'Negative prompt that breaks the pictures'];
  return [
    ...(search === 'negative' ? [] : [`${prompt}:\n\n${best.prompt}`]),
    ...(search === 'positive' ? [] : [`${negative}:\n\n${best.negativePrompt || '(none)'}`]),
  ].join('\n\n');
}

const NAMES: Readonly<Record<StudyResult['search'], Readonly<Record<StudyResult['task'], string>>>> = {
  negative: { improve: 'better negative prompt', attack: 'breaking negative prompt' },
  positive: { improve: 'better prompt', attack: 'breaking prompt' },
  both: { improve: 'better pair of prompts', attack: 'breaking pair of prompts' },
};

function lossTable(result: StudyResult): string[] {
  const { original, best, seeds, heldOutSeeds, task } = result;
  if (original.loss === null && best.loss === null) return [];
  const sought = task === 'improve' ? 'lower is better' : 'higher is worse for the model';
  const rows = [
    [`Mean loss (${sought})`, 'original', 'best'],
    [`searched ${seedText(seeds)}`, ...losses(original.loss, best.loss)],
    ...scorerRows(original, best, 'loss'),
    ...heldOutRow(original, best, heldOutSeeds),
    ...scorerRows(original, best, 'heldOutLoss'),
    ...heldOutScorerRows(result),
  ];
  return textTable(rows, [1, 2]);
}

function heldOutRow(original: ScoredPrompt, best: ScoredPrompt, seeds: readonly number[]): string[][] {
  if (original.heldOutLoss === null && best.heldOutLoss === null) return [];
  return [[`held-out ${seedText(seeds)}`, ...losses(original.heldOutLoss, best.heldOutLoss)]];
}

/** What each of several scorers says by itself, under their weighted sum. */
function scorerRows(original: ScoredPrompt, best: ScoredPrompt, which: 'loss' | 'heldOutLoss'): string[][] {
  if (which === 'heldOutLoss' && original.heldOutLoss === null) return [];
  return (original.scorers ?? []).map(({ scorer, weight, ...part }, i) => {
    const times = weight === 1 ? '' : `, weight ${weight}`;
    return [`  ${scorer}${times}`, ...losses(part[which], best.scorers?.[i][which] ?? null)];
  });
}

function heldOutScorerRows({ original, best, heldOutScorer }: StudyResult): string[][] {
  if (!heldOutScorer || heldOutScorer.verdict === null) return [];
  const [before, after] = [original.heldOutScorer, best.heldOutScorer];
  const rows = [
    ['searched seeds', before?.loss ?? null, after?.loss ?? null],
    ['held-out seeds', before?.heldOutLoss ?? null, after?.heldOutLoss ?? null],
  ] as const;
  return rows
    .filter(([, from]) => from !== null)
    .map(([seeds, from, to]) => [`held-out scorer ${heldOutScorer.name}, ${seeds}`, ...losses(from, to)]);
}

function losses(original: number | null, best: number | null): string[] {
  return [original, best].map((loss) => loss?.toFixed(3) ?? '–');
}

/** What each word of the best prompt did. */
function wordTable({ wordEffects = [], task }: StudyResult): string[] {
  if (wordEffects.length === 0) return [];
  const verb = task === 'improve' ? 'helped' : 'helped the attack';
  const hasHeldOut = wordEffects.some(({ heldOutEffect }) => heldOutEffect !== undefined);
  const rows = wordEffects.map(({ word, insteadOf, effect, interval, ...heldOut }) => [
    insteadOf === undefined ? word : `${insteadOf} → ${word}`,
    ...effectCells(effect, interval),
    ...(hasHeldOut ? effectCells(heldOut.heldOutEffect, heldOut.heldOutInterval) : []),
  ]);
  const heads = ['searched', '95 % interval', ...(hasHeldOut ? ['held-out', '95 % interval'] : [])];
  return textTable([[`Loss without the word (above 0: it ${verb})`, ...heads], ...rows], [1, 2, 3, 4]);
}

function effectCells(effect: number | undefined, interval: WordEffect['interval'] | undefined): string[] {
  const range = interval ? interval.map(signedLoss).join(' to ') : '–';
  return [effect === undefined ? '–' : signedLoss(effect), range];
}

function signedLoss(value: number): string {
  const digits = Math.abs(value).toFixed(3);
  return `${value < 0 && Number(digits) > 0 ? '−' : '+'}${digits}`;
}

function effortLine(result: StudyResult): string {
  const { evaluations, pruned, confirmed, gradientIterations, rejected } = result;
  const { unetCalls, knownPictures, seconds, stoppedBy } = result;
  const parts = [
    `${counted(evaluations, 'evaluation')}${pruned ? ` (${pruned} stopped early)` : ''}`,
    ...(confirmed ? [`${confirmed} confirmed`] : []),
    ...(gradientIterations > 0 ? [counted(gradientIterations, 'gradient iteration')] : []),
    ...(rejected ? [`${counted(rejected, 'candidate')} rejected as too unlike`] : []),
    counted(unetCalls, 'UNet call'),
    ...(knownPictures ? [`${counted(knownPictures, 'picture')} taken from the store`] : []),
  ];
  return `${parts.join(', ')} in ${durationText(seconds)}; ${ENDINGS[stoppedBy]}.`;
}

function pointers(result: StudyResult, command: string, unwritten: readonly string[]): string[] {
  const hasReport = result.runDir !== null && !unwritten.includes('report.html');
  const folder = hasReport ? [['Pictures and report:', `${result.runDir}/report.html`]] : [];
  const generate = isOriginalBest(result) ? [] : [['Generate with it:', command]];
  return textTable([...folder, ...generate]);
}
