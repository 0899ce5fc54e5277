/** @file What the kinds of measurement need to know besides options: the shape of `parameters`, kind by kind. */
import { z } from 'zod';
import type { ExperimentRun } from './experiment-definition.ts';
import type { RowKind } from './experiment-row.ts';

function whole(least: number): z.ZodNumber {
  const words = `a whole number of at least ${least}`;
  return z.number(words).int(words).min(least, words);
}

const stepIndexes = z
  .array(whole(0), 'a list of step indices, such as [0, 10]')
  .min(1, 'a list that is not empty');

/** Of each kind; whatever is not there has its default. */
export const PARAMETERS = {
  study: z.strictObject({}),
  'random-prompts': z.strictObject({
    /** Candidates that are drawn. */
    draws: whole(1).default(20),
  }),
  'gradient-norm': z.strictObject({
    /** @default all */
    stepIndexes: stepIndexes.optional(),
  }),
  'gradient-agreement': z.strictObject({
    /** `T` is all of them. */
    gradientSteps: z
      .array(
        z.union([whole(1), z.literal('T')], 'a whole number of at least 1, or T'),
        'a list such as [1, 2, 4, T]',
      )
      .min(1, 'a list that is not empty')
      .default([1, 2, 4, 'T']),
    /** Where the shortcut begins. @default the paper's, 20 of 50 */
    stepIndex: whole(0).optional(),
  }),
  'best-of-seeds': z.strictObject({
    /** Pictures that are sampled. */
    seeds: whole(1).default(40),
    /** Whether each of them, but the first, has a negative prompt of its own. */
    negative: z.boolean('true or false').default(false),
  }),
} as const satisfies Record<RowKind, z.ZodType>;

export type ParametersOf<Kind extends RowKind> = z.output<(typeof PARAMETERS)[Kind]>;

/** The parameters of a run, which were checked when its file was read. */
export function parametersOf<Kind extends RowKind>(
  kind: Kind,
  { parameters }: ExperimentRun,
): ParametersOf<Kind> {
  return PARAMETERS[kind].parse(parameters) as ParametersOf<Kind>;
}
