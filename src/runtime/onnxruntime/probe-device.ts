/** @file Whether a device can really be used: a small network is run on it and its numbers are looked at. */
import { DpoError } from '../../errors.ts';
import { evaluateGraph } from '../../graph/evaluate/evaluate-graph.ts';
import { type Graph, graphOf } from '../../graph/graph.ts';
import { GraphBuilder } from '../../graph/graph-builder.ts';
import { type FloatTensor, floatTensor, type Shape, sizeOf } from '../../tensor/tensor.ts';
import type { Executor, Precision } from '../executor.ts';
import { deviceUnavailable } from './device-table.ts';

/** Against nonsense, not against rounding: GPUs multiply float32 with fewer digits than the processor does (TF32). */
const TOLERANCES: Readonly<Record<Precision, number>> = { float32: 5e-3, float16: 2e-2 };

/**
 * Runs a small network on the executor's device, in its precision.
 * @throws {DpoError} DEVICE_UNAVAILABLE when it cannot be started, cannot run it, or gives other numbers than it should
 */
export async function probeDevice(executor: Executor): Promise<void> {
  const { device, precision } = executor;
  const graph = probeGraph();
  const inputs = Object.fromEntries(
    graph.inputs.map(({ name, shape }, i) => [name, floatTensor(shape, waves(shape, i + 1))]),
  );
  const expected = evaluateGraph(graph, inputs).y;
  const { y } = await runOn(executor, graph, inputs);
  const worst = expected.data.reduce((most, value, i) => Math.max(most, Math.abs(value - y.data[i])), 0);
  // Not a number is not below anything.
  if (worst <= TOLERANCES[precision]) return;
  throw deviceUnavailable(
    device,
    `gives wrong numbers in ${precision} (off by ${worst.toPrecision(2)} where values are about 1)`,
  );
}

async function runOn(executor: Executor, graph: Graph, inputs: Readonly<Record<string, FloatTensor>>) {
  const { device, precision } = executor;
  try {
    const program = await executor.compile(graph, { precision });
    return await program.run(inputs);
  } catch (cause) {
    if (cause instanceof DpoError && cause.code === 'DEVICE_UNAVAILABLE') throw cause;
    throw deviceUnavailable(device, `could not be used (${(cause as Error).message})`, cause);
  }
}

/** What the networks are made of: convolution, normalisation, activation, attention and products. */
function probeGraph(): Graph {
  const g = new GraphBuilder();
  const image = g.conv(g.input('x', [1, 4, 6, 6]), g.input('kernel', [8, 4, 3, 3]), undefined, {
    pads: [1, 1, 1, 1],
  });
  const normed = g.groupNormalization(image, g.input('scale', [8]), g.input('bias', [8]), 2, 1e-5);
  const sequence = g.transpose(g.reshape(g.silu(normed), [1, 8, 36]), [0, 2, 1]);
  const mixed = g.attention(sequence, sequence, sequence, 2);
  const rows = g.reshape(mixed, [36, 8]);
  return graphOf({ y: g.gemm(rows, g.input('weight', [8, 8]), undefined, { transB: true }) });
}

/** Numbers without a pattern that a wrong order of elements would keep, about 0.3 in size. */
function waves(shape: Shape, seed: number): Float32Array {
  return Float32Array.from({ length: sizeOf(shape) }, (_, i) => 0.4 * Math.sin(1.7 * i * seed + seed));
}
