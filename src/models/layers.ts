/**
 * @file The layers that every network is made of, bound to one graph builder and one component's weights.
 * A layer's key is its scope, so nodes and checkpoint tensors carry the same name.
 */
import type { Node, ParameterNode } from '../graph/graph.ts';
import type { GraphBuilder } from '../graph/graph-builder.ts';
import type { StoredTensor, WeightSource } from '../tensor/stored-tensor.ts';
import { type Shape, sizeOf } from '../tensor/tensor.ts';

/** One of several equal parts of a layer's outputs. */
export interface Part {
  readonly index: number;
  readonly of: number;
}

export interface LinearOptions {
  /** Whether the checkpoint holds `bias`. @default true */
  readonly bias?: boolean;
  /**
   * Computes a part of the stored layer's outputs alone, by the rows of its weight that give them: where parts are used
   * apart this spares cutting a large result, and joining its gradients. @default the whole
   */
  readonly part?: Part;
}

export interface ConvLayerOptions {
  /** Whether the checkpoint holds `bias`. @default true */
  readonly bias?: boolean;
  /** Rows and columns of the kernel. @default 3 */
  readonly kernel?: number;
  /** @default 1 */
  readonly stride?: number;
  /** Zeros on all four sides. @default half the kernel, rounded down */
  readonly padding?: number;
}

const WHOLE: Part = { index: 0, of: 1 };

export class Layers {
  readonly graph: GraphBuilder;
  readonly #weights: WeightSource;

  constructor(graph: GraphBuilder, weights: WeightSource) {
    this.graph = graph;
    this.#weights = weights;
  }

  /** Runs `build` inside the module `name`. */
  scope<T>(name: string, build: () => T): T {
    return this.graph.scope(name, build);
  }

  /** Whether the checkpoint holds `key` inside the current module. */
  has(key: string): boolean {
    return this.#weights.find(this.graph.qualify(key)) !== undefined;
  }

  /** @throws {DpoError} INVALID_CHECKPOINT when the tensor is missing or has another shape. */
  parameter(key: string, shape: Shape): ParameterNode {
    return this.graph.parameter(this.#weights, key, shape);
  }

  /**
   * `x [..., I]` to `[..., width]`; `width` is the stored layer's, or that of its part. One matrix product over all rows:
   * the weight `[width, I]` is used as it lies, since transposing it would make a runtime copy it. A checkpoint that calls
   * the matrix `key`, without `.weight`, holds `[I, width]` (OpenCLIP's projections).
   */
  linear(key: string, x: Node, width: number, { bias = true, part = WHOLE }: LinearOptions = {}): Node {
    return this.scope(key, () => {
      const inner = x.shape.at(-1)!;
      const rows = this.graph.reshape(x, [sizeOf(x.shape) / inner, inner]);
      const isTurned = part.of === 1 && this.has('') && !this.has('weight');
      const weight = isTurned
        ? this.parameter('', [inner, width])
        : this.#partOf('weight', [part.of * width, inner], part);
      const offset = bias ? this.#partOf('bias', [part.of * width], part) : undefined;
      const product = this.graph.gemm(rows, weight, offset, { transB: !isTurned });
      return this.graph.reshape(product, [...x.shape.slice(0, -1), width]);
    });
  }

  /** `x [B, I, H, W]` to `[B, channels, H', W']`; stride 1 keeps the size. */
  conv(key: string, x: Node, channels: number, options: ConvLayerOptions = {}): Node {
    const { kernel = 3, stride = 1, padding = Math.floor(kernel / 2), bias = true } = options;
    return this.scope(key, () => {
      const weight = this.parameter('weight', [channels, x.shape[1]!, kernel, kernel]);
      return this.graph.conv(x, weight, bias ? this.parameter('bias', [channels]) : undefined, {
        strides: [stride, stride],
        pads: [padding, padding, padding, padding],
      });
    });
  }

  /** Over the last axis of `x [..., C]`. */
  layerNorm(key: string, x: Node, epsilon: number): Node {
    return this.scope(key, () => {
      const { scale, bias } = this.#scaleAndBias(x.shape.at(-1)!);
      return this.graph.layerNormalization(x, scale, bias, epsilon);
    });
  }

  /** Over groups of channels of `x [B, C, ...]`. */
  groupNorm(key: string, x: Node, groups: number, epsilon: number): Node {
    return this.scope(key, () => {
      const { scale, bias } = this.#scaleAndBias(x.shape[1]!);
      return this.graph.groupNormalization(x, scale, bias, groups, epsilon);
    });
  }

  /** Rows `part` of the weight `key` of shape `whole`: an address inside the stored tensor, nothing is copied. */
  #partOf(key: string, whole: Shape, part: Part): ParameterNode {
    if (part.of === 1) return this.parameter(key, whole);
    const found = this.#weights.find(this.graph.qualify(key));
    // Where the tensor is not as it should be, asking for the whole says so.
    const stored = found?.shape.join() === whole.join() ? found : this.parameter(key, whole).stored;
    const rows = partOfStored(stored, part);
    const source = { name: this.#weights.name, find: () => rows, keys: () => [key] };
    return this.graph.parameter(source, key, rows.shape);
  }

  #scaleAndBias(channels: number): { scale: Node; bias: Node } {
    return { scale: this.parameter('weight', [channels]), bias: this.parameter('bias', [channels]) };
  }
}

function partOfStored(stored: StoredTensor, { index, of }: Part): StoredTensor {
  const [rows, ...rest] = stored.shape as [number, ...number[]];
  const byteLength = stored.byteLength / of;
  return { ...stored, shape: [rows / of, ...rest], offset: stored.offset + index * byteLength, byteLength };
}
