/** @file Where a weight lies on disk: what a checkpoint knows of a tensor without reading it. */
import type { Shape } from './tensor.ts';

/** Element types that checkpoints hold and we compute with (always in float32). */
export type StoredDType = 'float32' | 'float16' | 'bfloat16';

export const STORED_BYTES: Readonly<Record<StoredDType, number>> = { float32: 4, float16: 2, bfloat16: 2 };

/** One tensor inside a safetensors file, addressed by offset; nothing is read until it is used. */
export interface StoredTensor {
  /** The checkpoint's own key, never renamed. */
  readonly key: string;
  readonly dtype: StoredDType;
  readonly shape: Shape;
  /** Absolute path of the file that holds the bytes. */
  readonly path: string;
  /** First byte in the file (the header included). */
  readonly offset: number;
  readonly byteLength: number;
}

/** The tensors of one model component, from one file or several shards. */
export interface WeightSource {
  /** The file or folder, as error messages name it. */
  readonly name: string;
  find(key: string): StoredTensor | undefined;
  keys(): Iterable<string>;
}
