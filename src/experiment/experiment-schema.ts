/** @file The shape of an experiment's file, keys in camel case. Each message says what was expected, in words. */
import { z } from 'zod';
import { MAX_SEED } from '../diffusion/check-seed.ts';
import type { ReportKind } from './experiment-definition.ts';
import type { RowKind } from './experiment-row.ts';

export const REPORT_KINDS: readonly ReportKind[] = [
  'comparison',
  'random-prompts',
  'progress',
  'budget',
  'gradient-norm',
  'gradient-agreement',
];

export const ROW_KINDS: readonly RowKind[] = [
  'study',
  'random-prompts',
  'gradient-norm',
  'gradient-agreement',
  'best-of-seeds',
];

/** What a name may be: it is part of file names and of keys. */
export const NAME = /^[A-Za-z0-9][A-Za-z0-9-]*$/;

function whole(least: number, most = Number.MAX_SAFE_INTEGER): z.ZodNumber {
  const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
  const words = `a whole number ${range}`;
  return z.number(words).int(words).min(least, words).max(most, words);
}

const seeds = z
  .array(whole(0, MAX_SEED), 'a list of seeds, such as [0, 1]')
  .min(1, 'a list of at least one seed')
  .refine((list) => new Set(list).size === list.length, 'a list of different seeds');

const text = z.string('a text').trim().min(1, 'a text that is not empty');
const oneOf = <const T extends string>(choices: readonly T[]) =>
  z.enum(choices as readonly [T, ...T[]], `one of ${choices.join(', ')}`);
const loss = z.number('a number');
const flag = z.boolean('true or false');
const record = z.record(z.string(), z.unknown(), 'a list of names with their values');

const drawn = { path: text, count: whole(1).optional(), seed: whole(0, MAX_SEED).optional() };

const SOURCES = 'world, list, file, coco, diffusiondb, llm';

const source = z.discriminatedUnion(
  'from',
  [
    z.strictObject({
      from: z.literal('world'),
      count: whole(1, 1000),
      seed: whole(0, MAX_SEED),
      heldOut: flag.optional(),
    }),
    z.strictObject({
      from: z.literal('list'),
      prompts: z.array(text, 'a list of texts').min(1, 'a list of at least one prompt'),
    }),
    z.strictObject({ from: z.literal('file'), ...drawn }),
    z.strictObject({ from: z.literal('coco'), ...drawn }),
    z.strictObject({ from: z.literal('diffusiondb'), ...drawn }),
    z.strictObject({ from: z.literal('llm'), count: whole(1) }),
  ],
  {
    error: ({ code }) =>
      code === 'invalid_union' ? `one of ${SOURCES}` : `an object whose "from" is one of ${SOURCES}`,
  },
);

const thresholds = { lossAbove: loss.optional(), lossBelow: loss.optional() };

const hard = z.strictObject(
  {
    ...thresholds,
    count: whole(1),
    seeds: seeds.optional(),
    missesConcept: flag.optional(),
    whereNotJudged: z.strictObject(thresholds, 'an object with lossAbove or lossBelow').optional(),
  },
  'an object with "count" and what makes a prompt hard',
);

const runParts = {
  kind: oneOf(ROW_KINDS).optional(),
  task: oneOf(['improve', 'attack']).optional(),
  options: record.optional(),
  parameters: record.optional(),
};

const RUN_NAME = /^[\p{L}\p{N}][\p{L}\p{N} ,+.=-]*$/u;

const run = z.strictObject(
  { name: text.regex(RUN_NAME, 'letters, digits, spaces and , + . = -'), ...runParts },
  'an object with a name',
);

const axis = z
  .array(
    z.union([z.string(), z.number(), z.boolean()], 'a text, a number, true or false'),
    'a list of values',
  )
  .min(1, 'a list of at least one value');

export const experimentSchema = z
  .strictObject(
    {
      name: text.regex(NAME, 'letters, digits and hyphens').optional(),
      title: text,
      paper: text.optional(),
      found: text,
      report: oneOf(REPORT_KINDS),
      prompts: source,
      hard: hard.optional(),
      searchSeeds: seeds.optional(),
      ...runParts,
      runs: z.array(run, 'a list of runs').min(1, 'a list of at least one run').optional(),
      matrix: z
        .record(z.string(), axis, 'names of options with lists of values')
        .refine((axes) => Object.keys(axes).length > 0, 'at least one option with its values')
        .optional(),
    },
    'an object with title, found, report, prompts and runs',
  )
  .refine(({ runs, matrix }) => runs !== undefined || matrix !== undefined, {
    error: 'there, or "matrix"',
    path: ['runs'],
  });

export type ExperimentFile = z.infer<typeof experimentSchema>;
