/** @file A finished study as a line of a dataset: the prompt, what became of it, and by how much that helped. For training prompt models. */
import { z } from 'zod';

const loss = z.number().nullable();

const beforeAndAfter = z
  .object({
    before: loss.describe('mean loss of the original prompt; null where it was not measured'),
    after: loss.describe('mean loss of the best prompt, lower follows the prompt better'),
  })
  .describe('mean losses over seeds');

const seeds = z.array(z.number().int());

/** One line; `docs/dataset.schema.json` says the same to other programs. */
export const datasetRowSchema = z.object({
  studyId: z.string().describe('the study in the store'),
  experiment: z.string().nullable().describe('the experiment that it belongs to'),
  task: z.enum(['improve', 'attack']),
  search: z.string().describe('which of the two prompts was searched: negative, positive or both'),
  prompt: z.string().describe('the prompt that somebody wrote, which pictures are compared with'),
  originalNegativePrompt: z.string().describe('the negative prompt that the search began with'),
  optimizedPrompt: z
    .string()
    .describe('the best prompt; the same where only the negative prompt was searched'),
  negativePrompt: z.string().describe('the best negative prompt; empty for none'),
  improved: z
    .boolean()
    .describe(
      'whether anything better than the original was found; in a study for a prompt, better on the held-out seeds too',
    ),
  gain: z
    .number()
    .nullable()
    .describe(
      'by how much the loss went the way that was sought, on the held-out seeds, or on the searched seeds where none were held out',
    ),
  losses: z.object({ searched: beforeAndAfter, heldOut: beforeAndAfter }),
  heldOutInterval: z
    .tuple([z.number(), z.number()])
    .nullable()
    .describe('95 % confidence interval of after minus before on the held-out seeds'),
  heldOutScorer: z
    .object({ name: z.string(), searched: beforeAndAfter, heldOut: beforeAndAfter })
    .nullable()
    .describe('the same by a scorer that the search never saw; null without one'),
  similarity: z.number().nullable().describe('attacks on the prompt: likeness of the two prompts'),
  scorer: z.string().describe('what the losses are of'),
  model: z.string(),
  method: z.string(),
  settings: z
    .looseObject({
      scheduler: z.string(),
      sampler: z.string(),
      steps: z.number().int(),
      guidanceScale: z.number(),
      width: z.number().int(),
      height: z.number().int(),
    })
    .describe('how the pictures were made; with further fields'),
  seeds: seeds.describe('searched'),
  heldOutSeeds: seeds.describe('never seen by the search'),
  searchSeed: z.number().int(),
  evaluations: z.number().int(),
  created: z.string().describe('when the study began, ISO 8601'),
});

export type DatasetRow = z.infer<typeof datasetRowSchema>;

/** Draft 2020-12: `docs/dataset.schema.json`. */
export function datasetJsonSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(datasetRowSchema);
  return { $schema, $id: 'https://unpkg.com/dpo-diff/docs/dataset.schema.json', ...schema };
}
