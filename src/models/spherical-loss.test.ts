import fc from 'fast-check';
import { expect, test } from 'vitest';
import { graphOf } from '../graph/graph.ts';
import { GraphBuilder } from '../graph/graph-builder.ts';
import { createOrtExecutor } from '../runtime/onnxruntime/ort-executor.ts';
import { floatTensor } from '../tensor/tensor.ts';
import { sphericalLoss } from './spherical-loss.ts';

const g = new GraphBuilder();
const loss = sphericalLoss(g, g.input('image', [3, 2]), g.input('text', [1, 2]));
const program = await createOrtExecutor().compile(graphOf({ loss }));

/** Losses of three pictures against one text. */
async function losses(images: readonly number[], text: readonly number[]): Promise<Float32Array> {
  const inputs = { image: floatTensor([3, 2], images), text: floatTensor([1, 2], text) };
  return (await program.run(inputs)).loss!.data;
}

test('sphericalLoss() is 0 for one direction, more for a right angle and greatest for opposites', async () => {
  const values = await losses([5, 0, 0, 2, -1, 0], [3, 0]);
  // asin(|x - y| / 2) is half the angle.
  expect(values[0]).toBeCloseTo(0, 6);
  expect(values[1]).toBeCloseTo(2 * (Math.PI / 4) ** 2, 5);
  expect(values[2]).toBeCloseTo(2 * (Math.PI / 2) ** 2, 3);
});

test('sphericalLoss() is half of the squared angle, whatever the lengths', async () => {
  const angle = fc.double({ min: 0.05, max: 3, noNaN: true });
  const length = fc.double({ min: 0.01, max: 100, noNaN: true });
  await fc.assert(
    fc.asyncProperty(angle, fc.tuple(length, length, length, length), async (theta, [a, b, c, d]) => {
      const direction = [Math.cos(theta), Math.sin(theta)];
      const values = await losses(
        [a, b, c].flatMap((size) => direction.map((value) => size * value)),
        [d, 0],
      );
      for (const value of values) expect(value).toBeCloseTo(theta ** 2 / 2, 3);
    }),
    { numRuns: 50 },
  );
});
