/** @file What a run's searches did to the losses: by the objective and by the held-out scorer, on searched and on held-out seeds. */
import type { BootstrapInterval } from '../../statistics/paired-bootstrap.ts';
import type { MeasuredPrompts, StudyRow } from '../experiment-row.ts';
import { estimateOver, type Losses, meanOver, pairedMeans } from './measured-mean.ts';
import type { RunRows } from './rows-by-run.ts';

export type LossMeasure = 'searched' | 'heldOut' | 'judged' | 'heldOutJudged';

/** In the order of the table. */
export const LOSS_MEASURES: readonly {
  readonly measure: LossMeasure;
  readonly label: string;
  readonly of: (measured: MeasuredPrompts) => Losses | undefined;
}[] = [
  { measure: 'searched', label: 'objective, searched seeds', of: ({ losses }) => losses },
  { measure: 'heldOut', label: 'objective, held-out seeds', of: ({ heldOutLosses }) => heldOutLosses },
  { measure: 'judged', label: 'held-out scorer, searched seeds', of: ({ judgedLosses }) => judgedLosses },
  {
    measure: 'heldOutJudged',
    label: 'held-out scorer, held-out seeds',
    of: ({ heldOutJudgedLosses }) => heldOutJudgedLosses,
  },
];

export interface LossEffect {
  readonly measure: LossMeasure;
  readonly label: string;
  /** Means over prompts. */
  readonly original: number | null;
  readonly best: number | null;
  /** Best minus original, by the bootstrap over prompts. */
  readonly difference: BootstrapInterval;
}

export interface RunEffects extends RunRows<'study'> {
  /** Only what was measured. */
  readonly effects: readonly LossEffect[];
}

export function runEffects(run: RunRows<'study'>): RunEffects {
  return { ...run, effects: LOSS_MEASURES.flatMap(({ measure }) => lossEffect(run.rows, measure) ?? []) };
}

export function effectOf({ effects }: RunEffects, measure: LossMeasure): LossEffect | undefined {
  return effects.find((effect) => effect.measure === measure);
}

function lossEffect(rows: readonly StudyRow[], measure: LossMeasure): LossEffect | undefined {
  const { label, of } = LOSS_MEASURES.find((one) => one.measure === measure)!;
  const pairs = rows.flatMap(({ promptIndex, original, best }) => {
    const means = pairedMeans(of(original), of(best));
    return means ? [{ promptIndex, ...means }] : [];
  });
  const over = (value: (pair: (typeof pairs)[number]) => number) =>
    pairs.map((pair) => ({ promptIndex: pair.promptIndex, value: value(pair) }));
  const difference = estimateOver(over(({ before, after }) => after - before));
  if (difference === null) return undefined;
  return {
    ...{ measure, label, difference },
    original: meanOver(over(({ before }) => before)),
    best: meanOver(over(({ after }) => after)),
  };
}
