/** @file Who wins a comparison of two measurements: by the judge as the paper's people judged, or by the loss. */
import { compareHits, compareScores, type Outcome } from '../../statistics/outcome.ts';
import type { MeasuredPrompts } from '../experiment-row.ts';
import { grouped } from './grouped.ts';
import { pairedMeans } from './measured-mean.ts';

/** What says who wins. */
export type OutcomeMeasure = 'judge, searched seeds' | 'judge, held-out seeds' | 'loss, held-out seeds';

export const OUTCOME_MEASURES: readonly OutcomeMeasure[] = [
  'judge, searched seeds',
  'judge, held-out seeds',
  'loss, held-out seeds',
];

/** How `first` does against `second` in being faithful to the prompt; undefined where it was not measured. */
export function faithfulness(
  measure: OutcomeMeasure,
  first: MeasuredPrompts,
  second: MeasuredPrompts,
): Outcome | undefined {
  if (measure === 'loss, held-out seeds') {
    const means = pairedMeans(first.heldOutLosses, second.heldOutLosses);
    return means === null ? undefined : compareScores(means.before, means.after, { better: 'lower' });
  }
  const of = ({ hits, heldOutHits }: MeasuredPrompts) =>
    measure === 'judge, searched seeds' ? hits : heldOutHits;
  const [ours, theirs] = [of(first), of(second)];
  if (!ours?.[0]?.length || ours.length !== theirs?.length || ours[0].length !== theirs[0].length)
    return undefined;
  return compareHits(ours, theirs);
}

/** Values in lists by the prompt that they belong to. */
export function groupedByPrompt<T>(
  items: readonly { readonly promptIndex: number; readonly value: T }[],
): T[][] {
  return grouped(items, ({ promptIndex }) => promptIndex).map(([, own]) => own.map(({ value }) => value));
}
