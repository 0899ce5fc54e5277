/** @file Dense row-major tensors as they cross room borders: a shape and a typed array, nothing more. */

/** Sizes of each axis; `[]` is a scalar. */
export type Shape = readonly number[];

export interface FloatTensor {
  readonly dtype: 'float32';
  readonly shape: Shape;
  /** Row-major, one element for each index. */
  readonly data: Float32Array;
}

export interface IntTensor {
  readonly dtype: 'int32';
  readonly shape: Shape;
  readonly data: Int32Array;
}

export type Tensor = FloatTensor | IntTensor;

/** Number of elements that `shape` holds. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** Distance in elements between neighbours along each axis of a row-major tensor. */
export function stridesOf(shape: Shape): number[] {
  const strides = new Array<number>(shape.length).fill(1);
  for (let axis = shape.length - 2; axis >= 0; axis--) strides[axis] = strides[axis + 1] * shape[axis + 1];
  return strides;
}

/** A float32 tensor of `shape` over `data` (not copied); zeros when `data` is left out. */
export function floatTensor(shape: Shape, data?: Float32Array | readonly number[]): FloatTensor {
  if (data === undefined)
    return { dtype: 'float32', shape: [...shape], data: new Float32Array(sizeOf(shape)) };
  const values = data instanceof Float32Array ? data : Float32Array.from(data);
  return { dtype: 'float32', shape: [...shape], data: checked(shape, values) };
}

/** An int32 tensor of `shape` over `data`. */
export function intTensor(shape: Shape, data: Int32Array | readonly number[]): IntTensor {
  const values = data instanceof Int32Array ? data : Int32Array.from(data);
  return { dtype: 'int32', shape: [...shape], data: checked(shape, values) };
}

function checked<T extends Float32Array | Int32Array>(shape: Shape, data: T): T {
  if (data.length !== sizeOf(shape)) {
    throw new RangeError(`A tensor of shape [${shape}] holds ${sizeOf(shape)} elements, got ${data.length}`);
  }
  return data;
}
