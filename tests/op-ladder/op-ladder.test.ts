/** @file The ladder that every operation climbs: shapes, finite differences, second derivatives; and that none is left out. */
import { describe, expect, it } from 'vitest';
import { gradient } from '../../src/autodiff/gradient.ts';
import { pullBack, reasonForNoGradient } from '../../src/autodiff/rules/index.ts';
import { evaluateGraph } from '../../src/graph/evaluate/evaluate-graph.ts';
import { evaluateOp } from '../../src/graph/evaluate/evaluate-op.ts';
import { graphOf, type OpNode } from '../../src/graph/graph.ts';
import { OP_ARITY, OP_NAMES, type OpName } from '../../src/graph/ops.ts';
import { sizeOf } from '../../src/tensor/tensor.ts';
import { backwardOf, buildCase, forwardOf, uniforms, valuesOf } from './case-programs.ts';
import { finiteDifferences } from './finite-differences.ts';
import { OP_CASES } from './op-cases.ts';

/** Constants of rules are float32, so gradients are exact to about 1e-7. */
const TOLERANCE = 2e-6;

function expectClose(actual: Float64Array, expected: Float64Array): void {
  const scale = Math.max(1, ...expected.map(Math.abs));
  const worst = Math.max(...actual.map((value, i) => Math.abs(value - expected[i])));
  expect(worst / scale, `got ${actual.slice(0, 8)}, expected ${expected.slice(0, 8)}`).toBeLessThan(
    TOLERANCE,
  );
  expect(actual.length).toBe(expected.length);
}

describe.each(OP_CASES)('$name', (opCase) => {
  it('has the shape that was inferred', () => {
    const { y } = evaluateGraph(forwardOf(opCase), valuesOf(opCase));
    expect(y.shape).toEqual(buildCase(opCase).output.shape);
    expect(y.data.every(Number.isFinite)).toBe(true);
  });

  it('has the gradients that finite differences give', () => {
    const values = valuesOf(opCase);
    const gradients = evaluateGraph(backwardOf(opCase), values);
    for (const [name, { dtype }] of Object.entries(opCase.inputs)) {
      if (dtype !== 'float32') continue;
      const expected = finiteDifferences(forwardOf(opCase), values, name, { y: values.cotangent });
      expectClose(gradients[`d ${name}`].data, expected);
    }
  });

  it('has the second derivatives that finite differences of its gradients give', () => {
    const values = valuesOf(opCase);
    const random = uniforms(2);
    const backward = backwardOf(opCase);
    const seeds = Object.fromEntries(
      Object.entries(backward.outputs).map(([name, { shape }]) => {
        const data = Float64Array.from({ length: sizeOf(shape) }, () => Math.fround(2 * random() - 1));
        return [name, { shape, data }];
      }),
    );
    for (const [name, actual] of Object.entries(secondDerivatives(opCase, values, seeds))) {
      expectClose(actual, finiteDifferences(backward, values, name, seeds));
    }
  });
});

type Case = (typeof OP_CASES)[number];
type Values = ReturnType<typeof valuesOf>;
type Seeds = Parameters<typeof finiteDifferences>[3];

/** Gradients of `sum(seed gradient)` with respect to the case's inputs and to `cotangent`, by differentiating twice. */
function secondDerivatives(opCase: Case, values: Values, seeds: Seeds): Record<string, Float64Array> {
  const { g, inputs, output } = buildCase(opCase);
  const wrt = Object.values(inputs).filter(({ dtype }) => dtype === 'float32');
  const cotangent = g.input('cotangent', output.shape);
  const first = gradient(g, [{ node: output, cotangent }], wrt);
  const outputs = first.map((node, i) => ({ node, cotangent: g.input(`seed ${wrt[i].name}`, node.shape) }));
  const variables = [...wrt, cotangent];
  const second = gradient(g, outputs, variables);
  const graph = graphOf(Object.fromEntries(variables.map(({ name }, i) => [name, second[i]])));
  const seedInputs = Object.fromEntries(wrt.map(({ name }) => [`seed ${name}`, seeds[`d ${name}`]]));
  const results = evaluateGraph(graph, { ...values, ...seedInputs });
  return Object.fromEntries(Object.entries(results).map(([name, { data }]) => [name, data]));
}

describe('the table of operations', () => {
  it.each(OP_NAMES)('%s has a case, a value, and a gradient or a reason for every input', (op) => {
    const nodes = nodesOf(op);
    expect(nodes.length).toBeGreaterThan(0);
    const [, most] = OP_ARITY[op];
    const covered = new Set<number>();
    for (const { g, node } of nodes) {
      const values = node.inputs.map(({ shape }) => ({
        shape,
        data: new Float64Array(sizeOf(shape)).fill(0.5),
      }));
      const indices = values.map((value, i) =>
        node.inputs[i].dtype === 'int32' ? { ...value, data: value.data.fill(0) } : value,
      );
      expect(evaluateOp(op, indices, node.attributes as never).shape).toEqual(node.shape);
      const needed = node.inputs.map((_, i) => reasonForNoGradient(op, i) === undefined);
      const gradients = pullBack(g, node, g.input('cotangent', node.shape), needed);
      expect(gradients.map((entry) => entry !== null)).toEqual(needed);
      for (const i of needed.keys()) covered.add(i);
    }
    const expected = Number.isFinite(most) ? most : 2;
    expect([...covered].slice(0, expected)).toEqual(Array.from({ length: expected }, (_, i) => i));
  });
});

function nodesOf(op: OpName) {
  return OP_CASES.flatMap((opCase) => {
    const { g, output } = buildCase(opCase);
    const nodes = graphOf({ output }).nodes.filter((node): node is OpNode => node.kind === 'op');
    return nodes.filter((node) => node.op === op).map((node) => ({ g, node }));
  });
}
