/** @file How each operation is written in ONNX: mostly itself, with attributes as inputs where the opset wants them. */
import type { OpNode } from '../graph.ts';
import type { OpName } from '../ops.ts';
import type { OnnxEmitter } from './onnx-emitter.ts';

/** Writes `node` so that the value `name` holds its output; `inputs` are the names of its inputs' values. */
type Lowering<Name extends OpName> = (
  emitter: OnnxEmitter,
  node: OpNode<Name>,
  name: string,
  inputs: readonly string[],
) => void;

/** The ONNX operation of the same name, without attributes. */
const same: Lowering<OpName> = (emitter, node, name, inputs) => {
  emitter.emit(name, node.op, inputs);
};

const MICROSOFT = 'com.microsoft';

/** The name of an intermediate value of one operation's lowering. */
const inner = (name: string, part: string): string => `${name}:${part}`;

const lowerConv: Lowering<'Conv'> = (emitter, node, name, inputs) => {
  const { strides, pads, dilations } = node.attributes;
  emitter.emit(name, 'Conv', inputs, {
    attributes: { strides, pads, dilations, kernel_shape: node.inputs[1].shape.slice(2) },
  });
};

/** From so many pixels on, a convolution with the turned kernel beats ConvTranspose even if the kernel is turned at each run. */
const TURNING_PAYS_PIXELS = 64 * 64;

/** Whether it is written as a convolution with the kernel turned by 180 degrees and its channels exchanged: large ones at stride 1 are. */
export function isTurned({ attributes, shape }: OpNode<'ConvTranspose'>): boolean {
  const { strides, dilations, outputPadding } = attributes;
  const isPlain =
    [...strides, ...dilations].every((size) => size === 1) && outputPadding.every((size) => size === 0);
  return isPlain && shape[2] * shape[3] >= TURNING_PAYS_PIXELS;
}

const lowerConvTranspose: Lowering<'ConvTranspose'> = (emitter, node, name, inputs) => {
  const { strides, pads, dilations, outputPadding } = node.attributes;
  const kernel = node.inputs[1].shape.slice(2);
  if (isTurned(node)) {
    const turned = turnedKernel(emitter, name, inputs[1]);
    const turnedPads = pads.map((pad, i) => kernel[i % 2] - 1 - pad);
    emitter.emit(name, 'Conv', [inputs[0], turned], {
      attributes: { pads: turnedPads, kernel_shape: kernel },
    });
    return;
  }
  emitter.emit(name, 'ConvTranspose', inputs, {
    attributes: { strides, pads, dilations, output_padding: outputPadding, kernel_shape: kernel },
  });
};

function turnedKernel(emitter: OnnxEmitter, name: string, kernel: string): string {
  // "To before the first element", which a step of -1 cannot name otherwise.
  const beforeFirst = emitter.integers([-(2 ** 31), -(2 ** 31)]);
  const backwards = emitter.integers([-1, -1]);
  const turned = emitter.emit(inner(name, 'turned'), 'Slice', [
    kernel,
    backwards,
    beforeFirst,
    emitter.integers([2, 3]),
    backwards,
  ]);
  return emitter.emit(inner(name, 'exchanged'), 'Transpose', [turned], {
    attributes: { perm: [1, 0, 2, 3] },
  });
}

/** Only the axes that are cut are written. */
const lowerSlice: Lowering<'Slice'> = (emitter, node, name, inputs) => {
  const { starts, ends } = node.attributes;
  const full = node.inputs[0].shape;
  const axes = full.flatMap((size, axis) => (starts[axis] !== 0 || ends[axis] !== size ? [axis] : []));
  const pick = (bounds: readonly number[]) => emitter.integers(axes.map((axis) => bounds[axis]));
  emitter.emit(name, 'Slice', [...inputs, pick(starts), pick(ends), emitter.integers(axes)]);
};

const lowerReduce: Lowering<'ReduceSum' | 'ReduceMean'> = (emitter, node, name, inputs) => {
  const { axes, keepDims } = node.attributes;
  emitter.emit(name, node.op, [...inputs, emitter.integers(axes)], {
    attributes: { keepdims: keepDims ? 1 : 0 },
  });
};

/** ScatterND wants int64 indices with a trailing axis, and something to add to. */
const lowerScatterAdd: Lowering<'ScatterAdd'> = (emitter, node, name, [indices, updates]) => {
  const count = node.inputs[0].shape[0];
  const wide = emitter.emit(inner(name, 'int64'), 'Cast', [indices], { attributes: { to: 7 } });
  const column = emitter.emit(inner(name, 'column'), 'Reshape', [wide, emitter.integers([count, 1])]);
  const zeros = emitter.emit(inner(name, 'zeros'), 'Expand', [
    emitter.scalar(0),
    emitter.integers(node.shape),
  ]);
  emitter.emit(name, 'ScatterND', [zeros, column, updates], { attributes: { reduction: { text: 'add' } } });
};

/** GroupNormalization has no CPU kernel and would become 29 nodes; instances over `[N, groups, …]` are one fast kernel. */
const lowerGroupNormalization: Lowering<'GroupNormalization'> = (emitter, node, name, [x, scale, bias]) => {
  const { groups, epsilon } = node.attributes;
  const { shape } = node;
  const perChannel = emitter.integers([shape[1], ...shape.slice(2).map(() => 1)]);
  const grouped = emitter.emit(inner(name, 'grouped'), 'Reshape', [
    x,
    emitter.integers([shape[0], groups, -1]),
  ]);
  const ones = emitter.array(`ones[${groups}]`, new Float32Array(groups).fill(1), [groups]);
  const zeros = emitter.array(`zeros[${groups}]`, new Float32Array(groups), [groups]);
  const normalised = emitter.emit(
    inner(name, 'normalised'),
    'InstanceNormalization',
    [grouped, ones, zeros],
    {
      attributes: { epsilon: { float: epsilon } },
    },
  );
  const back = emitter.emit(inner(name, 'ungrouped'), 'Reshape', [normalised, emitter.integers(shape)]);
  const scaleColumn = emitter.emit(inner(name, 'scale'), 'Reshape', [scale, perChannel]);
  const biasColumn = emitter.emit(inner(name, 'bias'), 'Reshape', [bias, perChannel]);
  const scaled = emitter.emit(inner(name, 'scaled'), 'Mul', [back, scaleColumn]);
  emitter.emit(name, 'Add', [scaled, biasColumn]);
};

/** The rounding under which Resize repeats each pixel; several times faster than Expand. */
const REPEAT_PIXELS = {
  mode: { text: 'nearest' },
  nearest_mode: { text: 'floor' },
  coordinate_transformation_mode: { text: 'asymmetric' },
};

export const LOWERINGS: { readonly [Name in OpName]: Lowering<Name> } = {
  Neg: same,
  Exp: same,
  Log: same,
  Sqrt: same,
  Sin: same,
  Cos: same,
  Asin: same,
  Erf: same,
  Sigmoid: same,
  Gelu: same,
  QuickGelu: (emitter, node, name, inputs) => {
    emitter.emit(name, 'QuickGelu', inputs, {
      domain: MICROSOFT,
      attributes: { alpha: { float: node.attributes.alpha } },
    });
  },
  Clip: (emitter, node, name, inputs) => {
    const { min, max } = node.attributes;
    emitter.emit(name, 'Clip', [...inputs, emitter.scalar(min), emitter.scalar(max)]);
  },
  Add: same,
  Sub: same,
  Mul: same,
  Div: same,
  GreaterOrEqual: (emitter, _node, name, inputs) => {
    const truth = emitter.emit(inner(name, 'bool'), 'GreaterOrEqual', inputs);
    emitter.emit(name, 'Cast', [truth], { attributes: { to: 1 } });
  },
  MatMul: same,
  Gemm: (emitter, node, name, inputs) => {
    const { transA, transB } = node.attributes;
    emitter.emit(name, 'Gemm', inputs, { attributes: { transA: Number(transA), transB: Number(transB) } });
  },
  Conv: lowerConv,
  ConvTranspose: lowerConvTranspose,
  // Never writes the [S, L] matrix out: 16 MB where MatMul-Softmax-MatMul takes 517 MB at S = 4096.
  Attention: (emitter, node, name, inputs) => {
    emitter.emit(name, 'MultiHeadAttention', inputs, {
      domain: MICROSOFT,
      attributes: { num_heads: node.attributes.heads },
    });
  },
  Reshape: (emitter, node, name, inputs) => {
    emitter.emit(name, 'Reshape', [...inputs, emitter.integers(node.attributes.shape)]);
  },
  Transpose: (emitter, node, name, inputs) => {
    emitter.emit(name, 'Transpose', inputs, { attributes: { perm: node.attributes.perm } });
  },
  Expand: (emitter, node, name, inputs) => {
    emitter.emit(name, 'Expand', [...inputs, emitter.integers(node.attributes.shape)]);
  },
  Concat: (emitter, node, name, inputs) => {
    emitter.emit(name, 'Concat', inputs, { attributes: { axis: node.attributes.axis } });
  },
  Slice: lowerSlice,
  Upsample: (emitter, node, name, inputs) => {
    const { factor } = node.attributes;
    const scales = emitter.array(`scales(${factor})`, Float32Array.of(1, 1, factor, factor), [4]);
    emitter.emit(name, 'Resize', [...inputs, '', scales], { attributes: REPEAT_PIXELS });
  },
  Pad: (emitter, node, name, inputs) => {
    emitter.emit(name, 'Pad', [
      ...inputs,
      emitter.integers([...node.attributes.before, ...node.attributes.after]),
    ]);
  },
  Gather: same,
  ScatterAdd: lowerScatterAdd,
  ReduceSum: lowerReduce,
  ReduceMean: lowerReduce,
  Softmax: same,
  LayerNormalization: (emitter, node, name, inputs) => {
    emitter.emit(name, 'LayerNormalization', inputs, {
      attributes: { epsilon: { float: node.attributes.epsilon } },
    });
  },
  GroupNormalization: lowerGroupNormalization,
};
