/** @file The one sentence that a reader takes away: what the best prompt does to these pictures, and what it does elsewhere. */
import type { PairedDifference, StudyResult } from './study-result.ts';

/** What was found, without a claim that the held-out seeds do not support. */
export function summarize(result: Omit<StudyResult, 'summary'>): string {
  const { original, best, evaluations } = result;
  if (best.loss === null) return 'Nothing could be scored, so there is no result.';
  if (original.prompt === best.prompt && original.negativePrompt === best.negativePrompt)
    return nothingFound(result.task, evaluations);
  return `${onSearchedSeeds(result)} ${onHeldOutSeeds(result)}`;
}

function nothingFound(task: StudyResult['task'], evaluations: number): string {
  const tried = evaluations === 1 ? 'only the original was tried' : `${evaluations - 1} others were tried`;
  return task === 'improve'
    ? `No negative prompt made these pictures follow the prompt better; ${tried}.`
    : `No substitution made these pictures follow the prompt worse; ${tried}.`;
}

function onSearchedSeeds({ task, original, best, seeds }: Omit<StudyResult, 'summary'>): string {
  const change = `mean loss ${original.loss === null ? 'none' : original.loss.toFixed(3)} → ${best.loss!.toFixed(3)}`;
  const verb = task === 'improve' ? 'Repairs' : 'Breaks';
  return `${verb} ${seeds.length === 1 ? 'this picture' : 'these pictures'} (${change} on ${seedList(seeds)}).`;
}

function onHeldOutSeeds({ heldOutDifference, heldOutSeeds }: Omit<StudyResult, 'summary'>): string {
  if (!heldOutDifference) return 'Whether it helps on other seeds was not measured.';
  const count = heldOutSeeds.length;
  const where = `On ${count} other ${count === 1 ? 'seed' : 'seeds'}`;
  return `${where}: ${verdict(heldOutDifference)}.`;
}

function verdict({ mean, interval }: PairedDifference): string {
  if (!interval) return `${signed(mean)} in loss, from one seed alone`;
  const [low, high] = interval;
  const numbers = `${signed(mean)}, 95 % interval ${signed(low)} to ${signed(high)}`;
  if (high < 0) return `the loss is lower there too (${numbers})`;
  if (low > 0) return `the loss is higher there (${numbers})`;
  return `no measurable difference (${numbers})`;
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`;
}

function seedList(seeds: readonly number[]): string {
  return `${seeds.length === 1 ? 'seed' : 'seeds'} ${seeds.join(', ')}`;
}
