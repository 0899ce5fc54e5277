import { describe, expect, it } from 'vitest';
import { DpoError } from '../errors.ts';
import type { StoredTensor, WeightSource } from '../tensor/stored-tensor.ts';
import { graphOf } from './graph.ts';
import { GraphBuilder } from './graph-builder.ts';

function weightsOf(...keys: readonly string[]): WeightSource {
  const stored = (key: string, i: number): StoredTensor => ({
    key,
    dtype: 'float16',
    shape: [2, 3],
    path: '/models/unet.safetensors',
    offset: 100 + 12 * i,
    byteLength: 12,
  });
  return {
    name: '/models/unet.safetensors',
    keys: () => keys,
    find: (key) => (keys.includes(key) ? stored(key, keys.indexOf(key)) : undefined),
  };
}

describe('a graph builder', () => {
  it('builds equal nodes once', () => {
    const g = new GraphBuilder();
    const x = g.input('x', [2]);
    expect(g.input('x', [2])).toBe(x);
    expect(g.exp(x)).toBe(g.exp(x));
    expect(g.exp(x)).not.toBe(g.log(x));
    expect(g.constant([1, 2], [2])).toBe(g.constant(Float32Array.of(1, 2), [2]));
    expect(g.constant([1, 2], [2])).not.toBe(g.constant([1, 2], [2, 1]));
    expect(g.constant(Int32Array.of(1), [1])).not.toBe(g.constant([1], [1]));
    expect(g.clip(x, 0, 1)).not.toBe(g.clip(x, 0, 2));
    expect(g.add(x, 1)).toBe(g.add(x, 1));
  });

  it('adds no node that would change nothing', () => {
    const g = new GraphBuilder();
    const x = g.input('x', [2, 3]);
    expect(g.reshape(x, [2, 3])).toBe(x);
    expect(g.expand(x, [2, 3])).toBe(x);
    expect(g.slice(x, 1, 0, 3)).toBe(x);
    expect(g.concat([x], 0)).toBe(x);
  });

  it('refuses an input that is asked for in two shapes or types', () => {
    const g = new GraphBuilder();
    g.input('x', [2]);
    expect(() => g.input('x', [3])).toThrow('input "x" is float32[2], and now float32[3] is asked for');
    expect(() => g.input('x', [2], 'int32')).toThrow('and now int32[2] is asked for');
  });

  it('refuses a constant of another size than its shape', () => {
    expect(() => new GraphBuilder().constant([1, 2, 3], [2])).toThrow('[2] does not hold 3 elements');
  });

  it('reads weights under the names of its scopes', () => {
    const g = new GraphBuilder();
    const weights = weightsOf('down_blocks.0.conv.weight', 'weight');
    const inner = g.scope('down_blocks.0', () =>
      g.scope('conv', () => g.parameter(weights, 'weight', [2, 3])),
    );
    expect(inner.stored.key).toBe('down_blocks.0.conv.weight');
    expect(inner.dtype).toBe('float32');
    const outer = g.scope('', () => g.parameter(weights, 'weight', [2, 3]));
    expect(outer.stored.key).toBe('weight');
    expect(g.parameter(weights, 'weight', [2, 3])).toBe(outer);
    expect(() =>
      g.scope('broken', () => {
        throw new Error('inside');
      }),
    ).toThrow('inside');
    expect(g.qualify('weight')).toBe('weight');
  });

  it('says which tensor of which file is missing or misshapen', () => {
    const g = new GraphBuilder();
    const weights = weightsOf('proj.weight');
    const get = (key: string, shape: readonly number[]) => () =>
      g.scope('proj', () => g.parameter(weights, key, shape));
    expect(get('bias', [3])).toThrow(DpoError);
    expect(get('bias', [3])).toThrow(
      '/models/unet.safetensors has no tensor "proj.bias"; expected one of shape [3].',
    );
    expect(get('weight', [3, 2])).toThrow(
      'Tensor "proj.weight" in /models/unet.safetensors has shape [2,3]; the configuration asks for [3,2].',
    );
  });

  it('gives a graph of what its outputs need, and of nothing else', () => {
    const g = new GraphBuilder();
    const [x, unused] = [g.input('x', [2]), g.input('unused', [2])];
    g.exp(unused);
    const y = g.exp(x);
    const graph = graphOf({ z: g.mul(y, y), y });
    expect(graph.inputs).toEqual([x]);
    expect(graph.nodes.map(({ kind }) => kind)).toEqual(['input', 'op', 'op']);
  });
});
