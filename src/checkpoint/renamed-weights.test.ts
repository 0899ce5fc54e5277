import { expect, test } from 'vitest';
import type { StoredTensor, WeightSource } from '../tensor/stored-tensor.ts';
import { renamedWeights } from './renamed-weights.ts';

const stored = (key: string, shape: readonly number[]): StoredTensor => {
  const byteLength = 2 * shape.reduce((product, size) => product * size, 1);
  return { key, dtype: 'float16', shape, path: '/weights', offset: 100, byteLength };
};

const tensors = new Map([
  ['joint', stored('joint', [6, 4])],
  ['kernel', stored('kernel', [8, 4, 1, 1])],
  ['wide', stored('wide', [8, 4, 3, 3])],
]);
const source: WeightSource = { name: 'file', find: (key) => tensors.get(key), keys: () => tensors.keys() };

const names = new Map([
  ['q', { key: 'joint', part: { index: 0, of: 3 } }],
  ['v', { key: 'joint', part: { index: 2, of: 3 } }],
  ['fifth', { key: 'joint', part: { index: 1, of: 5 } }],
  ['matrix', { key: 'kernel', asMatrix: true }],
  ['still', { key: 'wide', asMatrix: true }],
  ['gone', { key: 'nowhere' }],
]);
const view = renamedWeights(source, names);

test('a part is rows at their own address', () => {
  expect(view.find('q')).toMatchObject({ key: 'joint', shape: [2, 4], offset: 100, byteLength: 16 });
  expect(view.find('v')).toMatchObject({ key: 'joint', shape: [2, 4], offset: 132, byteLength: 16 });
});

test('a 1x1 kernel is a matrix, and no other kernel is', () => {
  expect(view.find('matrix')).toMatchObject({ shape: [8, 4], offset: 100, byteLength: 64 });
  expect(view.find('still')?.shape).toEqual([8, 4, 3, 3]);
});

test('what cannot be cut stays whole, so that its shape is seen', () => {
  expect(view.find('fifth')?.shape).toEqual([6, 4]);
});

test('names that lead nowhere are not there', () => {
  expect(view.find('gone')).toBeUndefined();
  expect(view.find('joint')).toBeUndefined();
  expect([...view.keys()]).toEqual(['q', 'v', 'fifth', 'matrix', 'still']);
});
