/** @file Over many pixels ConvTranspose is written as a convolution with a turned kernel: another path through the writer, the same values. */
import { expect, it } from 'vitest';
import { evaluateGraph } from '../../src/graph/evaluate/evaluate-graph.ts';
import { graphOf } from '../../src/graph/graph.ts';
import { GraphBuilder } from '../../src/graph/graph-builder.ts';
import { createOrtExecutor } from '../../src/runtime/onnxruntime/ort-executor.ts';
import { floatTensor } from '../../src/tensor/tensor.ts';

it('equals the evaluator over many pixels, with uneven pads and an uneven kernel', async () => {
  const g = new GraphBuilder();
  const x = g.input('x', [1, 2, 66, 64]);
  const w = g.input('w', [2, 3, 3, 2]);
  const graph = graphOf({ y: g.convTranspose(x, w, { pads: [1, 0, 0, 1] }) });
  const values = (count: number) => Float32Array.from({ length: count }, (_, i) => Math.sin(i * 1.7));
  const inputs = {
    x: floatTensor(x.shape, values(2 * 66 * 64)),
    w: floatTensor(w.shape, values(2 * 3 * 3 * 2)),
  };
  const executor = createOrtExecutor();
  const { y } = await (await executor.compile(graph)).run(inputs);
  const expected = evaluateGraph(graph, inputs).y;
  expect(y.shape).toEqual(expected.shape);
  const largest = y.data.reduce((most, value, i) => Math.max(most, Math.abs(value - expected.data[i])), 0);
  expect(largest).toBeLessThan(1e-5);
  await executor.release();
});
