/** @file The one sentence that a reader takes away: what the best prompt does to these pictures, and what it does elsewhere. */
import type { PromptSearch, Task } from '../words/prompt-space.ts';
import { isOriginalBest } from './is-original-best.ts';
import type { PairedDifference, StudyResult } from './study-result.ts';

/**
 * What was found, without a claim that the held-out seeds do not support.
 * @param firstFault why the first candidate that could not be scored could not
 */
export function summarize(
  result: Omit<StudyResult, 'summary' | 'settings'>,
  firstFault: string | null = null,
): string {
  if (result.evaluations === 0)
    return 'The study was stopped before the first evaluation, so there is no result.';
  if (result.best.loss === null) return nothingScored(firstFault);
  if (isOriginalBest(result)) return [nothingFound(result), ...onConfirmation(result)].join(' ');
  return [
    result.for === 'prompt' ? onSeedsChosenBy(result) : onSearchedSeeds(result),
    ...onConfirmation(result),
    result.for === 'prompt' ? ofPrompt(result) : onHeldOutSeeds(result),
    ...byHeldOutScorer(result),
    ...onRejected(result),
  ].join(' ');
}

function nothingScored(firstFault: string | null): string {
  const reason = firstFault === null ? '' : ` The first reason: ${firstFault}.`;
  return `Nothing could be scored, so there is no result.${reason}`;
}

const SOUGHT: Readonly<Record<PromptSearch, string>> = {
  negative: 'negative prompt',
  positive: 'substitution',
  both: 'change of the two prompts',
};

function nothingFound(result: Omit<StudyResult, 'summary' | 'settings'>): string {
  const { task, search, seeds, evaluations, rejected = 0 } = result;
  const others = evaluations - 1;
  const tried =
    others === 0
      ? 'only the original was tried'
      : `${others} ${others === 1 ? 'other was' : 'others were'} tried${prunedText(result)}`;
  const effect = `${pictures(seeds)} follow the prompt ${task === 'improve' ? 'better' : 'worse'}`;
  const found =
    result.for === 'prompt'
      ? `Nothing better than the original was found on ${countOf(seeds)}; ${tried}`
      : `No ${SOUGHT[search]} made ${effect}; ${tried}`;
  return others === 0 && rejected > 0
    ? `${found}. ${rejectedText(result)} A lower --min-similarity (in code: \`minSimilarity\`) lets more through.`
    : [`${found}.`, ...onRejected(result)].join(' ');
}

function prunedText({ pruned = 0 }: Pick<StudyResult, 'pruned'>): string {
  return pruned === 0 ? '' : `, ${pruned} of them only to an early look`;
}

/** Only where nothing was confirmed; what was is exact like every other picture. */
function onConfirmation({ confirmed }: Pick<StudyResult, 'confirmed'>): string[] {
  if (confirmed !== 0) return [];
  return ["These are losses of the search's own pictures: it was stopped before exact ones were sampled."];
}

type Rejections = Pick<StudyResult, 'rejected' | 'minSimilarity' | 'similarityModel'>;

function onRejected(result: Rejections): string[] {
  return result.rejected ? [rejectedText(result)] : [];
}

function rejectedText({ rejected, minSimilarity, similarityModel }: Rejections): string {
  const what = rejected === 1 ? '1 candidate was' : `${rejected} candidates were`;
  return `${what} rejected as too unlike the prompt (below ${minSimilarity} by ${similarityModel}).`;
}

function onSearchedSeeds({ task, original, best, seeds }: Omit<StudyResult, 'summary' | 'settings'>): string {
  const change = `mean loss ${original.loss === null ? 'none' : original.loss.toFixed(3)} → ${best.loss!.toFixed(3)}`;
  const verb = task === 'improve' ? 'Repairs' : 'Breaks';
  return `${verb} ${pictures(seeds)} (${change} on ${seedList(seeds)}).`;
}

/** What is sought is a prompt, so nothing is claimed of pictures that the search chose by. */
function onSeedsChosenBy({ task, original, best, seeds }: Omit<StudyResult, 'summary' | 'settings'>): string {
  const change = `${original.loss === null ? 'none' : original.loss.toFixed(3)} → ${best.loss!.toFixed(3)}`;
  const verb = task === 'improve' ? 'Lowers' : 'Raises';
  return `${verb} the mean loss on ${countOf(seeds)} (${change}), which flatters it, because it was chosen by them.`;
}

/** Only seeds that the search never saw say whether a prompt works. */
function ofPrompt(result: Omit<StudyResult, 'summary' | 'settings'>): string {
  const elsewhere = onHeldOutSeeds(result);
  if (result.foundBetter !== false) return elsewhere;
  return `Nothing better than the original was found for seeds that the search never saw; this is the best of what was tried. ${elsewhere}`;
}

function onHeldOutSeeds({
  task,
  heldOutDifference,
  heldOutSeeds,
}: Omit<StudyResult, 'summary' | 'settings'>): string {
  if (!heldOutDifference)
    return `Whether it ${task === 'improve' ? 'helps' : 'does so'} on other seeds was not measured.`;
  const count = heldOutSeeds.length;
  const where = `On ${count} other ${count === 1 ? 'seed' : 'seeds'}`;
  return `${where}: ${verdict(task, heldOutDifference)}.`;
}

/** What a scorer says that the search never saw. */
function byHeldOutScorer({ heldOutScorer, ...result }: Omit<StudyResult, 'summary' | 'settings'>): string[] {
  if (!heldOutScorer) return [];
  const { name, verdict } = heldOutScorer;
  const changes = heldOutScorerChanges(result);
  switch (verdict) {
    case null:
      return [`The held-out scorer ${name} was not asked.`];
    case 'agrees':
      return [`The held-out scorer ${name} agrees (${changes}).`];
    case 'undecided':
      return [`The held-out scorer ${name} sees no difference (${changes}).`];
    case 'disagrees':
      return [`The held-out scorer ${name} disagrees (${changes}): the search may have gamed its scorer.`];
  }
}

function heldOutScorerChanges({ original, best }: Pick<StudyResult, 'original' | 'best'>): string {
  const [before, after] = [original.heldOutScorer, best.heldOutScorer];
  const groups = [
    ['searched', before?.loss, after?.loss],
    ['held-out', before?.heldOutLoss, after?.heldOutLoss],
  ] as const;
  return groups
    .flatMap(([seeds, from, to]) =>
      from == null || to == null
        ? []
        : [`mean loss ${from.toFixed(3)} → ${to.toFixed(3)} on the ${seeds} seeds`],
    )
    .join(', ');
}

/** An improvement lowers the loss, an attack raises it: *too* only where the same happens on the other seeds. */
function verdict(task: Task, { mean, interval }: PairedDifference): string {
  if (!interval) return `${signed(mean)} in loss, from one seed alone`;
  const [low, high] = interval;
  const numbers = `${signed(mean)}, 95 % interval ${signed(low)} to ${signed(high)}`;
  if (high < 0) return `the loss is lower there${task === 'improve' ? ' too' : ''} (${numbers})`;
  if (low > 0) return `the loss is higher there${task === 'attack' ? ' too' : ''} (${numbers})`;
  return `no measurable difference (${numbers})`;
}

function signed(value: number): string {
  const digits = Math.abs(value).toFixed(3);
  return `${value < 0 && Number(digits) > 0 ? '−' : '+'}${digits}`;
}

function pictures(seeds: readonly number[]): string {
  return seeds.length === 1 ? 'this picture' : 'these pictures';
}

function countOf(seeds: readonly number[]): string {
  return seeds.length === 1 ? 'the searched seed' : `the ${seeds.length} searched seeds`;
}

function seedList(seeds: readonly number[]): string {
  return `${seeds.length === 1 ? 'seed' : 'seeds'} ${seeds.join(', ')}`;
}
