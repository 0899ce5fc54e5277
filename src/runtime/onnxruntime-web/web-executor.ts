/**
 * @file The executor for a web page, on onnxruntime-web. The page passes that module in, so that nothing depends on it;
 * the weights that a program reads are fetched when it is compiled, each by its range of bytes.
 */
import { DpoError } from '../../errors.ts';
import type { Graph } from '../../graph/graph.ts';
import { writeOnnx } from '../../graph/onnx/write-onnx.ts';
import type { StoredTensor } from '../../tensor/stored-tensor.ts';
import { type FloatTensor, floatTensor, type Tensor } from '../../tensor/tensor.ts';
import { checkedInput } from '../checked-input.ts';
import type { CompileOptions, Executor, MemoryMode, Precision, Program } from '../executor.ts';
import type { OrtSession, OrtWeb } from './ort-web.ts';

/** Reads the bytes of one weight, wherever it is stored. */
export type WeightReader = (stored: StoredTensor) => Promise<Uint8Array>;

export interface WebExecutorOptions {
  readonly readWeight: WeightReader;
  /** `cpu` is WebAssembly; `webgpu` needs a browser that has it. @default 'cpu' */
  readonly device?: 'cpu' | 'webgpu';
  /** What programs that bear it compute in; float16 is for WebGPU. @default 'float32' */
  readonly precision?: Precision;
}

/**
 * An executor on onnxruntime-web.
 * @param ort the module: `import * as ort from 'onnxruntime-web'`, or `onnxruntime-web/wasm`
 * @example
 * const weights = await openRemoteWeights('https://…/unet/diffusion_pytorch_model.safetensors');
 * const executor = createWebExecutor(ort, { readWeight: readRemoteWeight });
 * const denoiser = new Denoiser({ config, weights }, new ProgramTable(executor));
 */
export function createWebExecutor(ort: OrtWeb, options: WebExecutorOptions): Executor {
  return new WebExecutor(ort, options);
}

interface Compiled {
  readonly model: Uint8Array;
  readonly program: Promise<WebProgram>;
}

class WebExecutor implements Executor {
  readonly device: 'cpu' | 'webgpu';
  readonly precision: Precision;
  readonly passedOver = [];
  readonly runtime = 'onnxruntime-web';
  /** Of no effect: a page holds its weights in memory. */
  memory: MemoryMode = 'fast';
  readonly isMemorySettled = true;
  readonly #ort: OrtWeb;
  readonly #readWeight: WeightReader;
  #compiled: Compiled[] = [];

  constructor(ort: OrtWeb, { readWeight, device = 'cpu', precision = 'float32' }: WebExecutorOptions) {
    this.#ort = ort;
    this.#readWeight = readWeight;
    this.device = device;
    this.precision = precision;
  }

  compile(graph: Graph, { precision = 'float32' }: CompileOptions = {}): Promise<Program> {
    const addresses = new Map<string, StoredTensor>();
    const locate = (stored: StoredTensor) => {
      const location = `${stored.path} ${stored.offset} ${stored.byteLength}`;
      addresses.set(location, stored);
      return { location, offset: 0 };
    };
    const model = writeOnnx(graph, { precision, locate });
    const known = this.#compiled.find((compiled) => areEqual(compiled.model, model));
    if (known) return known.program;
    const program = this.#create(graph, model, addresses);
    this.#compiled.push({ model, program });
    return program;
  }

  async release(): Promise<void> {
    const programs = await Promise.allSettled(this.#compiled.map(({ program }) => program));
    this.#compiled = [];
    for (const program of programs) if (program.status === 'fulfilled') await program.value.release();
  }

  async #create(
    graph: Graph,
    model: Uint8Array,
    addresses: ReadonlyMap<string, StoredTensor>,
  ): Promise<WebProgram> {
    const externalData = await Promise.all(
      [...addresses].map(async ([path, stored]) => ({ path, data: await this.#bytesOf(stored) })),
    );
    try {
      const executionProviders = [this.device === 'cpu' ? 'wasm' : 'webgpu'];
      const session = await this.#ort.InferenceSession.create(model, { executionProviders, externalData });
      return new WebProgram(this.#ort, graph, session);
    } catch (cause) {
      const message = `onnxruntime-web refused the graph on ${this.device}: ${(cause as Error).message}`;
      throw new DpoError('EXECUTION_FAILED', message, { cause });
    }
  }

  async #bytesOf(stored: StoredTensor): Promise<Uint8Array> {
    const bytes = await this.#readWeight(stored);
    if (bytes.length === stored.byteLength) return bytes;
    const message = `"${stored.key}" in ${stored.path} takes ${stored.byteLength} bytes, but ${bytes.length} were read.`;
    throw new DpoError('INVALID_CHECKPOINT', message);
  }
}

class WebProgram implements Program {
  readonly graph: Graph;
  readonly #ort: OrtWeb;
  readonly #session: OrtSession;
  #last: Promise<unknown> = Promise.resolve();

  constructor(ort: OrtWeb, graph: Graph, session: OrtSession) {
    this.#ort = ort;
    this.graph = graph;
    this.#session = session;
  }

  /** One run after another: a session that runs refuses a second run. */
  run(inputs: Readonly<Record<string, Tensor>>): Promise<Record<string, FloatTensor>> {
    const turn = this.#last.then(() => this.#run(inputs));
    this.#last = turn.catch(() => {});
    return turn;
  }

  release(): Promise<void> {
    return this.#session.release();
  }

  async #run(inputs: Readonly<Record<string, Tensor>>): Promise<Record<string, FloatTensor>> {
    const feeds = Object.fromEntries(
      this.graph.inputs.map((input) => {
        const { data } = checkedInput(input, inputs[input.name]);
        return [input.name, new this.#ort.Tensor(input.dtype, data, input.shape)];
      }),
    );
    try {
      const results = await this.#session.run(feeds);
      const outputs = Object.entries(results).map(
        ([name, { dims, data }]) => [name, floatTensor(dims, data as Float32Array)] as const,
      );
      return Object.fromEntries(outputs);
    } catch (cause) {
      const message = `onnxruntime-web failed while running: ${(cause as Error).message}`;
      throw new DpoError('EXECUTION_FAILED', message, { cause });
    }
  }
}

function areEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
