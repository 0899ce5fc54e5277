import { fromBinary } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import { graphOf } from '../graph.ts';
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
