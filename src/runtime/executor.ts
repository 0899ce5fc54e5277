/** @file What runs graphs. Everything above knows these interfaces; onnxruntime is one implementation. */
import type { Graph } from '../graph/graph.ts';
import type { Precision } from '../graph/onnx/half-precision.ts';
import type { FloatTensor, Tensor } from '../tensor/tensor.ts';

export type { Precision };

/** Kinds of devices. */
export type DeviceKind = 'cpu' | 'cuda' | 'webgpu' | 'coreml' | 'directml';

/** A device: the first of its kind, or one of several GPUs by number, from 0. */
export type DeviceName = DeviceKind | `cuda:${number}` | `directml:${number}`;

/** Devices that an executor can be asked for. */
export type Device = 'auto' | DeviceName;

/** A device that `auto` passed over. */
export interface PassedOver {
  readonly device: DeviceName;
  /** The precision that it could not be used in; absent where it cannot be used at all. */
  readonly precision?: Precision;
  /** Completes "passed over: …". */
  readonly reason: string;
  /** Whether its libraries are there, so that one would expect it to work. */
  readonly isInstalled: boolean;
}

/** Where programs run and in which precision. */
export interface Execution {
  readonly device: DeviceName;
  /** What the programs that bear it compute in. */
  readonly precision: Precision;
  /** Better choices that `auto` passed over; empty where nothing was left to it. */
  readonly passedOver: readonly PassedOver[];
}

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
  /** @default 'float32'; a network that was shown to bear half precision asks for the executor's own */
  readonly precision?: Precision;
}

/** Compiles graphs, once for each graph, shape and precision: an equal graph gives the same program. */
export interface Executor extends Execution {
  /** Name and version of what computes, such as `onnxruntime-node 1.30.0`: another may give other last digits. */
  readonly runtime: string;
  /** Threads of each operation, where it was told how many. */
  readonly threads?: number | undefined;
  /** How what is compiled trades memory for speed, where `compile()` is not told otherwise; it may be changed until something is. */
  memory: MemoryMode;
  /** Whether something was compiled that way. It stays so then: programs of two ways would differ in their last digits. */
  readonly isMemorySettled: boolean;
  compile(graph: Graph, options?: CompileOptions): Promise<Program>;
  /** Gives back everything that was compiled. */
  release(): Promise<void>;
}
