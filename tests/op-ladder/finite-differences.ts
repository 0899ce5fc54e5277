/** @file Gradients by central differences in float64, through the reference evaluator. */
import { evaluateGraph } from '../../src/graph/evaluate/evaluate-graph.ts';
import type { NumericTensor } from '../../src/graph/evaluate/numeric-tensor.ts';
import type { Graph } from '../../src/graph/graph.ts';

/** Balances the error of the difference (step squared) and of rounding (1e-16 over step). */
const STEP = 1e-5;

type Values = Readonly<Record<string, NumericTensor>>;

/** The gradient of `sum(cotangent output)` over all outputs of `graph`, with respect to its input `name`. */
export function finiteDifferences(
  graph: Graph,
  inputs: Values,
  name: string,
  cotangents: Values,
): Float64Array {
  const at = (data: Float64Array) => {
    const outputs = evaluateGraph(graph, { ...inputs, [name]: { ...inputs[name], data } });
    return Object.entries(outputs).reduce(
      (sum, [key, output]) => sum + dot(output.data, cotangents[key].data),
      0,
    );
  };
  return inputs[name].data.map(
    (_, i, data) => (at(moved(data, i, STEP)) - at(moved(data, i, -STEP))) / (2 * STEP),
  );
}

function moved(data: Float64Array, index: number, step: number): Float64Array {
  return data.map((value, i) => (i === index ? value + step : value));
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}
