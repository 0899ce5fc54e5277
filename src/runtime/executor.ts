/** @file What runs graphs. Everything above knows these two interfaces; onnxruntime is one implementation. */
import type { Graph } from '../graph/graph.ts';
import type { FloatTensor, Tensor } from '../tensor/tensor.ts';

/** Devices that an executor can be asked for. */
export type Device = 'auto' | 'cpu' | 'cuda' | 'webgpu' | 'coreml' | 'directml';

/**
 * How memory is traded for speed.
 * `fast` packs and folds weights into memory; `balanced` leaves them mapped from disk;
 * `low` besides keeps no program open but the one that runs, so that weights are mapped once, and opens programs again as they are needed.
 * `auto` is `balanced` where the weights are large, else `fast`.
 */
export type MemoryMode = 'auto' | 'fast' | 'balanced' | 'low';

/** A compiled graph. Runs are serialised; each yields to the event loop when it is done. */
export interface Program {
  readonly graph: Graph;
  /** Values of every input by name; gives every output by name. */
  run(inputs: Readonly<Record<string, Tensor>>): Promise<Readonly<Record<string, FloatTensor>>>;
}

export interface CompileOptions {
  /** @default the executor's own setting */
  readonly memory?: MemoryMode;
}

/** Compiles graphs, once for each graph and shape: an equal graph gives the same program. */
export interface Executor {
  readonly device: Exclude<Device, 'auto'>;
  compile(graph: Graph, options?: CompileOptions): Promise<Program>;
  /** Gives back everything that was compiled. */
  release(): Promise<void>;
}
