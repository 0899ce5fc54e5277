/** @file Pictures do not depend on what is sampled beside them: otherwise none could be taken from a store. */
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { loadPipeline } from '../../src/index.ts';
import { rowsOf } from '../../src/tensor/stack.ts';

const one = await loadPipeline({ threads: 1 });
const two = await loadPipeline({ threads: 2 });
afterAll(() => Promise.all([one.release(), two.release()]));

const NEGATIVES = ['', 'green', 'pink, cloud'];

test('a picture is the same bit by bit alone and among others, with one thread and with two', async () => {
  const requests = fc.array(
    fc.record({ seed: fc.nat(1000), negativePrompt: fc.constantFrom(...NEGATIVES) }),
    { minLength: 2, maxLength: 8 },
  );
  const settings = one.settings({ steps: 2, scheduler: 'dpm++2m' });
  await fc.assert(
    fc.asyncProperty(requests, fc.nat(), async (drawn, place) => {
      const wanted = drawn.map((request) => ({ ...request, prompt: 'a red cat and a blue car' }));
      const index = place % wanted.length;
      const together = await two.sampleLatents(wanted, settings);
      const alone = await one.sampleLatents([wanted[index]], settings);
      expect(rowsOf(together, index, index + 1).data).toEqual(alone.data);
      const [loss] = await one.score(await one.decode(alone, settings), 'a red cat');
      const losses = await two.score(await two.decode(together, settings), 'a red cat');
      expect(losses[index]).toBe(loss);
    }),
    { numRuns: 12 },
  );
});
