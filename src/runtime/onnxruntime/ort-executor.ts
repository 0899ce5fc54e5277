/** @file The executor on onnxruntime-node: the only place that imports it. */
import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { env, InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import { DpoError, invariant } from '../../errors.ts';
import type { Graph, InputNode } from '../../graph/graph.ts';
import { graphCost } from '../../graph/graph-cost.ts';
import { writeOnnx } from '../../graph/onnx/write-onnx.ts';
import { peakActivationBytes } from '../../graph/peak-activations.ts';
import { type FloatTensor, floatTensor, type Tensor } from '../../tensor/tensor.ts';
import { checkedInput } from '../checked-input.ts';
import type {
  CompileOptions,
  DeviceName,
  Executor,
  MemoryMode,
  PassedOver,
  Precision,
  Program,
} from '../executor.ts';
import { refusalOnDevice } from './device-refusal.ts';
import {
  checkedDevice,
  deviceKind,
  deviceUnavailable,
  executionProvider,
  missingLibrary,
} from './device-table.ts';
import { onDevice, type ResolvedMemoryMode, resolveMemoryMode, sessionOptions } from './session-options.ts';
import { SoleSession } from './sole-session.ts';

export interface OrtExecutorOptions {
  /** @default 'cpu' */
  readonly device?: DeviceName;
  /** What programs that bear it compute in. @default 'float32' */
  readonly precision?: Precision;
  /** What led to this choice. @default nothing */
  readonly passedOver?: readonly PassedOver[];
  /** @default 'auto' */
  readonly memory?: MemoryMode;
  /** Threads of each operation, at least 1. @default the machine's cores */
  readonly threads?: number;
}

/**
 * An executor on onnxruntime-node.
 * @throws {DpoError} DEVICE_UNAVAILABLE when the device is not built in here, with what to install; whether it works shows later
 */
export function createOrtExecutor(options: OrtExecutorOptions = {}): Executor {
  const device = checkedDevice(options.device ?? 'cpu');
  const missing = missingLibrary(device);
  if (missing !== undefined) throw deviceUnavailable(device, missing);
  return new OrtExecutor(device, options);
}

class OrtExecutor implements Executor {
  readonly device: DeviceName;
  readonly precision: Precision;
  readonly passedOver: readonly PassedOver[];
  readonly runtime = `onnxruntime-node ${env.versions.node}`;
  readonly threads: number | undefined;
  #memory: MemoryMode;
  #isMemorySettled = false;
  readonly #programs = new Map<string, Promise<OrtProgram>>();
  readonly #soleSession = new SoleSession();

  constructor(device: DeviceName, options: OrtExecutorOptions) {
    this.device = device;
    this.precision = options.precision ?? 'float32';
    this.passedOver = [...(options.passedOver ?? [])];
    this.#memory = options.memory ?? 'auto';
    this.threads = options.threads;
  }

  get memory(): MemoryMode {
    return this.#memory;
  }

  set memory(mode: MemoryMode) {
    invariant(mode === this.#memory || !this.#isMemorySettled, 'Programs of another memory mode are there.');
    this.#memory = mode;
  }

  get isMemorySettled(): boolean {
    return this.#isMemorySettled;
  }

  compile(graph: Graph, options: CompileOptions = {}): Promise<Program> {
    this.#isMemorySettled ||= options.memory === undefined;
    const mode = resolveMemoryMode(options.memory ?? this.memory, graphCost(graph));
    const model = writeOnnx(graph, options.precision ? { precision: options.precision } : {});
    // The model's bytes hold the graph, its shapes, its precision and where each weight lies: equal bytes, equal program.
    const identity = `${mode} ${createHash('sha256').update(model).digest('hex')}`;
    const known = this.#programs.get(identity);
    if (known) return known;
    const program = this.#create(graph, model, mode);
    this.#programs.set(identity, program);
    return program;
  }

  async release(): Promise<void> {
    const programs = await Promise.allSettled(this.#programs.values());
    this.#programs.clear();
    for (const program of programs) if (program.status === 'fulfilled') await program.value.release();
  }

  async #create(graph: Graph, model: Uint8Array, mode: ResolvedMemoryMode): Promise<OrtProgram> {
    const options = {
      ...(this.device === 'cpu'
        ? sessionOptions({ mode, valueBytes: peakActivationBytes(graph), root: weightRoot(graph) })
        : onDevice(executionProvider(this.device), weightRoot(graph))),
      // DirectML cannot do with it.
      ...(deviceKind(this.device) === 'directml' && { enableMemPattern: false }),
      ...(this.threads !== undefined && { intraOpNumThreads: this.threads }),
    };
    const open = async () => {
      try {
        return await InferenceSession.create(model, options);
      } catch (cause) {
        throw this.#refusal(cause as Error);
      }
    };
    if (mode === 'low') return new OrtProgram(graph, open, this.#soleSession);
    const program = new OrtProgram(graph, open);
    await program.open();
    return program;
  }

  #refusal(cause: Error): DpoError {
    if (this.device !== 'cpu') return refusalOnDevice(this.device, cause);
    return new DpoError('EXECUTION_FAILED', `onnxruntime refused the graph: ${cause.message}`, { cause });
  }
}

class OrtProgram implements Program {
  readonly graph: Graph;
  readonly #create: () => Promise<InferenceSession>;
  readonly #soleSession: SoleSession | undefined;
  #session: Promise<InferenceSession> | undefined;
  #isReleased = false;

  /** @param soleSession closes every other program before this one opens, and this one when another runs */
  constructor(graph: Graph, create: () => Promise<InferenceSession>, soleSession?: SoleSession) {
    this.graph = graph;
    this.#create = create;
    this.#soleSession = soleSession;
  }

  run(inputs: Readonly<Record<string, Tensor>>): Promise<Record<string, FloatTensor>> {
    const work = () => this.#run(inputs);
    return this.#soleSession ? this.#soleSession.claim(this, work) : work();
  }

  open(): Promise<InferenceSession> {
    if (this.#isReleased)
      throw new DpoError('EXECUTION_FAILED', 'The program was given back and cannot run any more.');
    this.#session ??= this.#create();
    return this.#session;
  }

  /** Gives the memory back until the next run. */
  async close(): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    await (await session)?.release();
  }

  release(): Promise<void> {
    this.#isReleased = true;
    return this.close();
  }

  async #run(inputs: Readonly<Record<string, Tensor>>): Promise<Record<string, FloatTensor>> {
    const feeds = Object.fromEntries(
      this.graph.inputs.map((input) => [input.name, toOrt(input, inputs[input.name])]),
    );
    const session = await this.open();
    try {
      const results = await session.run(feeds);
      // run() blocks the event loop for its whole length; here signals, timers and writes get their turn.
      await setImmediate();
      return Object.fromEntries(
        Object.entries(results).map(([name, value]) => [name, fromOrt(value as OrtTensor)]),
      );
    } catch (cause) {
      const message = `onnxruntime failed while running: ${(cause as Error).message}`;
      throw new DpoError('EXECUTION_FAILED', message, { cause });
    }
  }
}

function toOrt(input: InputNode, value: Tensor | undefined): OrtTensor {
  return new OrtTensor(input.dtype, checkedInput(input, value).data, input.shape);
}

function fromOrt(value: OrtTensor): FloatTensor {
  return floatTensor(value.dims, value.data as Float32Array);
}

/** The root folder that the locations of external weights leave out: all weights of a graph must share it. */
function weightRoot(graph: Graph): string {
  const path = graph.parameters[0]?.stored.path ?? '/';
  return /^(?:[A-Za-z]:)?[\\/]/.exec(path)?.[0] ?? '/';
}
