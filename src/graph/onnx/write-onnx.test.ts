import { fromBinary } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import { graphOf, type Node } from '../graph.ts';
import { GraphBuilder } from '../graph-builder.ts';
import { ModelProtoSchema, TensorProto_DataLocation } from './generated/onnx_pb.ts';
import { writeOnnx } from './write-onnx.ts';

const HALF = {
  key: 'conv.weight',
  dtype: 'float16',
  shape: [512, 512],
  path: '/models/unet/model.safetensors',
  offset: 12345,
  byteLength: 2 * 512 * 512,
} as const;

function build() {
  const g = new GraphBuilder();
  const weights = { name: HALF.path, find: () => HALF, keys: () => [HALF.key] };
  const x = g.input('x', [1, 512]);
  const y = g.scope('conv', () => g.matMul(g.exp(x), g.parameter(weights, 'weight', [512, 512])));
  return writeOnnx(graphOf({ y, twice: g.mul(y, 2), same: y }));
}

describe('a graph as ONNX', () => {
  const bytes = build();
  const model = fromBinary(ModelProtoSchema, bytes);
  const graph = model.graph!;

  it('is of a version that onnxruntime reads, with the operators that are imported', () => {
    expect(Number(model.irVersion)).toBeLessThanOrEqual(13);
    const domains = model.opsetImport.map(({ domain }) => domain);
    expect(domains).toEqual(['', 'com.microsoft']);
  });

  it('leaves weights in their file and says where', () => {
    expect(bytes.length).toBeLessThan(2000);
    const weight = graph.initializer.find(
      ({ dataLocation }) => dataLocation === TensorProto_DataLocation.EXTERNAL,
    )!;
    expect(Object.fromEntries(weight.externalData.map(({ key, value }) => [key, value]))).toEqual({
      location: 'models/unet/model.safetensors',
      offset: '12345',
      length: '524288',
    });
    expect(weight.dims.map(Number)).toEqual([512, 512]);
  });

  it('widens halves first of all, so that no two of them are wide for longer than they are used', () => {
    expect(graph.node[0].opType).toBe('Cast');
  });

  it('names inputs and outputs as the graph does, and nodes by their scope', () => {
    expect(graph.input.map(({ name }) => name)).toEqual(['x']);
    expect(graph.output.map(({ name }) => name)).toEqual(['y', 'twice', 'same']);
    expect(graph.node.map(({ name }) => name)).toContain('conv/Exp_1');
    expect(graph.node.find(({ output }) => output[0] === 'same')?.opType).toBe('Identity');
  });

  it('is the same bytes for an equal graph', () => {
    expect(build()).toEqual(bytes);
  });
});

describe('a graph as ONNX in half precision', () => {
  const g = new GraphBuilder();
  const stored = { ...HALF, shape: [2, 2], byteLength: 8 };
  const dtypes = ['float16', 'float32', 'bfloat16'] as const;
  const source = (dtype: (typeof dtypes)[number]) => ({
    name: HALF.path,
    find: (key: string) => ({ ...stored, key, dtype, offset: dtypes.indexOf(dtype) * 64 }),
    keys: () => [],
  });
  const weights = dtypes.map((dtype) => g.parameter(source(dtype), dtype, [2, 2]));
  const x = g.input('x', [2, 2]);
  const y = weights.reduce((product: Node, weight) => g.matMul(product, weight), x);
  const graph = graphOf({ y, doubled: g.mul(g.matMul(x, weights[1]), 2), rows: g.reduceSum(y, [1]) });
  const model = fromBinary(ModelProtoSchema, writeOnnx(graph, { precision: 'float16' })).graph!;
  const casts = model.node.filter(({ opType }) => opType === 'Cast');
  const [FLOAT, FLOAT16] = [1, 10];

  it('has float32 inputs and outputs', () => {
    const types = [...model.input, ...model.output].map(({ type }) => type?.value.value);
    expect(types.map((type) => type && 'elemType' in type && type.elemType)).toEqual([
      FLOAT,
      FLOAT,
      FLOAT,
      FLOAT,
    ]);
  });

  it('takes halves as they are stored, and casts every other weight and value once', () => {
    const read = casts.map(({ input }) => input[0].replace(/#\d+/, ''));
    expect(read.filter((name) => /float/.test(name)).sort()).toEqual(['bfloat16:bfloat16', 'float32']);
    expect(read.filter((name) => name === 'x')).toHaveLength(1);
    expect(new Set(read).size).toBe(read.length);
  });

  it('writes constants that fit as halves', () => {
    const two = model.initializer.find(({ name }) => name.startsWith('constant'))!;
    expect([two.dataType, [...two.rawData]]).toEqual([FLOAT16, [0x00, 0x40]]);
  });
});
