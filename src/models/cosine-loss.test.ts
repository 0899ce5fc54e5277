import fc from 'fast-check';
import { expect, test } from 'vitest';
import { graphOf } from '../graph/graph.ts';
import { GraphBuilder } from '../graph/graph-builder.ts';
import { createOrtExecutor } from '../runtime/onnxruntime/ort-executor.ts';
import { floatTensor } from '../tensor/tensor.ts';
import { cosineLoss } from './cosine-loss.ts';

const g = new GraphBuilder();
const loss = cosineLoss(g, g.input('image', [2, 2]), g.input('text', [1, 2]));
const program = await createOrtExecutor().compile(graphOf({ loss }));

test('cosineLoss() is one less the cosine of the angle, whatever the lengths', async () => {
  const angle = fc.double({ min: -3, max: 3, noNaN: true });
  const length = fc.double({ min: 0.01, max: 100, noNaN: true });
  await fc.assert(
    fc.asyncProperty(angle, angle, length, length, async (one, other, a, b) => {
      const image = [one, other].flatMap((theta) => [a * Math.cos(theta), a * Math.sin(theta)]);
      const inputs = { image: floatTensor([2, 2], image), text: floatTensor([1, 2], [b, 0]) };
      const { data } = (await program.run(inputs)).loss!;
      expect(data[0]).toBeCloseTo(1 - Math.cos(one), 5);
      expect(data[1]).toBeCloseTo(1 - Math.cos(other), 5);
    }),
    { numRuns: 50 },
  );
});
