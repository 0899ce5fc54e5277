/** @file The rungs above the evaluator: every operation and its gradient under onnxruntime give what the evaluator gives. */
import { afterAll, describe, expect, it } from 'vitest';
import { evaluateGraph } from '../../src/graph/evaluate/evaluate-graph.ts';
import type { Graph } from '../../src/graph/graph.ts';
import type { CompileOptions } from '../../src/runtime/executor.ts';
import { createOrtExecutor } from '../../src/runtime/onnxruntime/ort-executor.ts';
import { floatTensor, intTensor, type Tensor } from '../../src/tensor/tensor.ts';
import { backwardOf, type CaseValue, forwardOf, valuesOf } from './case-programs.ts';
import { OP_CASES, type OpCase } from './op-cases.ts';

/** Sums of a hundred products in float32, next to the evaluator's float64. */
const TOLERANCE = 1e-5;
/** Halves have eleven digits in base two, and a case rounds a few times. */
const HALF_TOLERANCE = 4e-3;

const executor = createOrtExecutor({ threads: 1 });
afterAll(() => executor.release());

describe.each(OP_CASES)('$name under onnxruntime', (opCase) => {
  it('has the value that the evaluator gives', async () => {
    await expectSame(forwardOf(opCase), opCase);
  });

  it('has the gradients that the evaluator gives', async () => {
    await expectSame(backwardOf(opCase), opCase);
  });
});

/** One case of each operation that is fused, packed or folded differently when memory is short. */
const SAMPLE = ['Conv', 'ConvTranspose', 'MatMul', 'Gemm', 'Attention', 'GroupNormalization', 'Upsample'].map(
  (op) => OP_CASES.find((opCase) => opCase.op === op)!,
);

describe.each(SAMPLE)('$name with little memory', (opCase) => {
  it('has the same value and gradients', async () => {
    await expectSame(forwardOf(opCase), opCase, { memory: 'low' });
    await expectSame(backwardOf(opCase), opCase, { memory: 'low' });
  });
});

describe.each(OP_CASES)('$name in half precision', (opCase) => {
  it('has the value and the gradients that the evaluator gives, as far as halves go', async () => {
    const half = { precision: 'float16', memory: 'fast' } as const;
    await expectSame(forwardOf(opCase), opCase, half, HALF_TOLERANCE);
    await expectSame(backwardOf(opCase), opCase, half, HALF_TOLERANCE);
  });
});

async function expectSame(
  graph: Graph,
  opCase: OpCase,
  options: CompileOptions = { memory: 'fast' },
  tolerance = TOLERANCE,
): Promise<void> {
  const values = valuesOf(opCase);
  const expected = evaluateGraph(graph, values);
  const program = await executor.compile(graph, options);
  const feeds = Object.fromEntries(graph.inputs.map(({ name }) => [name, asTensor(values[name])]));
  const actual = await program.run(feeds);
  expect(Object.keys(actual).sort()).toEqual(Object.keys(expected).sort());
  for (const [name, { shape, data }] of Object.entries(expected)) {
    expect(actual[name].shape, name).toEqual(shape);
    const scale = data.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
    const worst = data.reduce((most, value, i) => Math.max(most, Math.abs(value - actual[name].data[i])), 0);
    expect(
      worst / scale,
      `${name}: got ${actual[name].data.slice(0, 8)}, expected ${data.slice(0, 8)}`,
    ).toBeLessThan(tolerance);
  }
}

function asTensor({ dtype, shape, data }: CaseValue): Tensor {
  return dtype === 'int32' ? intTensor(shape, [...data]) : floatTensor(shape, Float32Array.from(data));
}
