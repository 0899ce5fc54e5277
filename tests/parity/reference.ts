/** @file What a reference folder holds beside its model: `reference.json` and `reference.safetensors`, checked. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { readJson } from '../../src/checkpoint/read-json.ts';
import { DpoError, readSafetensors, type Tensor } from '../../src/index.ts';
import { describeIssue } from '../../src/words/schema-issue.ts';

/** What `reference.json` says of the reference. */
const settingsSchema = z.object({
  prompt: z.string(),
  negative_prompt: z.string(),
  slots: z.array(z.array(z.string())),
  steps: z.int(),
  guidance_scale: z.number(),
  eta: z.number().default(0),
  tau: z.number().default(1),
  latent_size: z.int(),
  latent_seed: z.int(),
});

export type ReferenceSettings = z.infer<typeof settingsSchema>;

/** The distribution of one slot, from which everything else is computed. */
export interface GivenSlot {
  readonly logits: Tensor;
  readonly gumbel: Tensor;
}

export interface Reference {
  readonly settings: ReferenceSettings;
  readonly tensors: ReadonlyMap<string, Tensor>;
  readonly slots: readonly GivenSlot[];
}

/**
 * Reads the reference in `folder`.
 * @throws {DpoError} FILE_ACCESS when a file cannot be read; INVALID_CHECKPOINT when it holds something else, nothing to compare, or a slot
 * without its `slotK.logits` and `slotK.gumbel`
 */
export async function readReference(folder: string): Promise<Reference> {
  const path = join(folder, 'reference.json');
  if (!(await stat(path).catch(() => undefined))) {
    throw new DpoError(
      'FILE_ACCESS',
      `${folder} is a model without a reference: there is no file reference.json in it. tests/fixtures/sd1 shows what one holds.`,
      { details: { path } },
    );
  }
  const parsed = settingsSchema.safeParse(await readJson(path));
  if (!parsed.success) throw unsound(path, describeIssue(parsed.error));
  const file = join(folder, 'reference.safetensors');
  const tensors = await readSafetensors(file);
  const slots = parsed.data.slots.map((words, slot) => ({
    logits: givenOf(tensors, `slot${slot}.logits`, words.length, file),
    gumbel: givenOf(tensors, `slot${slot}.gumbel`, words.length, file),
  }));
  if (tensors.size <= 2 * slots.length) throw unsound(file, 'it has no tensor to compare');
  return { settings: parsed.data, tensors, slots };
}

function givenOf(tensors: ReadonlyMap<string, Tensor>, name: string, length: number, file: string): Tensor {
  const tensor = tensors.get(name);
  if (!tensor) throw unsound(file, `reference.json names a slot whose "${name}" is missing`);
  if (tensor.shape.join() === String(length)) return tensor;
  throw unsound(
    file,
    `"${name}" has the shape [${tensor.shape}], expected [${length}], one for each word of the slot`,
  );
}

function unsound(path: string, problem: string): DpoError {
  return new DpoError('INVALID_CHECKPOINT', `${path} is no sound reference: ${problem}.`, {
    details: { path },
  });
}
