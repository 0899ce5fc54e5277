/**
 * @file A checkpoint under other names. A name leads to a tensor of the file, to some of its rows or to its elements
 * under another shape: all of these are addresses, so nothing is read and nothing is copied.
 */
import type { StoredTensor, WeightSource } from '../tensor/stored-tensor.ts';
import type { Shape } from '../tensor/tensor.ts';

/** Where a name leads. */
export interface StoredName {
  /** The file's own key. */
  readonly key: string;
  /** Takes this one of so many equal parts of the rows. @default all rows */
  readonly part?: { readonly index: number; readonly of: number };
  /** Whether axes of size 1 after the second are left out: a 1x1 convolution as a linear layer. @default false */
  readonly asMatrix?: boolean;
}

/** The tensors of `source` under the names that are the keys of `names`; a name that leads nowhere is not among `keys()`. */
export function renamedWeights(source: WeightSource, names: ReadonlyMap<string, StoredName>): WeightSource {
  return new RenamedWeights(source, names);
}

class RenamedWeights implements WeightSource {
  readonly name: string;
  readonly #source: WeightSource;
  readonly #names: ReadonlyMap<string, StoredName>;

  constructor(source: WeightSource, names: ReadonlyMap<string, StoredName>) {
    this.name = source.name;
    this.#source = source;
    this.#names = names;
  }

  find(key: string): StoredTensor | undefined {
    const name = this.#names.get(key);
    const stored = name && this.#source.find(name.key);
    return stored && addressed(stored, name);
  }

  *keys(): Iterable<string> {
    for (const key of this.#names.keys()) if (this.find(key)) yield key;
  }
}

// A tensor that cannot be cut as its name asks is left whole: whoever asked for a shape then says what was found.
function addressed(stored: StoredTensor, { part, asMatrix = false }: StoredName): StoredTensor {
  const shape = asMatrix ? withoutTrailingOnes(stored.shape) : stored.shape;
  const rows = shape[0] ?? 0;
  if (!part || rows % part.of !== 0) return { ...stored, shape };
  const byteLength = stored.byteLength / part.of;
  const offset = stored.offset + part.index * byteLength;
  return { ...stored, shape: [rows / part.of, ...shape.slice(1)], offset, byteLength };
}

function withoutTrailingOnes(shape: Shape): Shape {
  return shape.slice(2).every((size) => size === 1) ? shape.slice(0, 2) : shape;
}
