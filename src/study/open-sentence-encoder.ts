/** @file What a user names as the judge of meaning, opened: MiniLM, which comes with the package, or a sentence encoder from disk or the hub. */
import { MINILM_NAME, minilmFolder } from '../checkpoint/minilm-folder.ts';
import { openSentenceModel, type SentenceModel } from '../checkpoint/sentence-model.ts';
import { ProgramTable } from '../diffusion/program-table.ts';
import { GraphSentenceEncoder, type SentenceEncoder } from '../diffusion/sentence-encoder.ts';
import type { Executor } from '../runtime/executor.ts';
import { createOrtExecutor } from '../runtime/onnxruntime/ort-executor.ts';
import { type DownloadOptions, locateModel } from './locate-model.ts';
import { calibratedThreshold } from './similarity-thresholds.ts';

export interface OpenSentenceEncoderOptions extends DownloadOptions {
  /** Threads of each operation. @default the machine's cores */
  readonly threads?: number;
}

/** A sentence encoder with its own programs, on the processor whatever computes the pictures: the same texts are then rejected everywhere. */
export class OpenedSentenceEncoder implements SentenceEncoder {
  readonly name: string;
  readonly source?: string;
  readonly threshold: number | undefined;
  readonly #open: () => Promise<SentenceModel>;
  readonly #threads: number | undefined;
  #executor: Executor | undefined;
  #encoder: Promise<GraphSentenceEncoder> | undefined;

  /** @param open called when the first text is embedded */
  constructor(
    name: string,
    open: () => Promise<SentenceModel>,
    { source, threads }: { readonly source?: string; readonly threads?: number | undefined } = {},
  ) {
    this.name = name;
    if (source !== undefined) this.source = source;
    this.threshold = calibratedThreshold(name);
    this.#open = open;
    this.#threads = threads;
  }

  async embed(texts: readonly string[]): Promise<Float32Array[]> {
    return (await this.#ready()).embed(texts);
  }

  async similarity(one: string, other: string): Promise<number> {
    return (await this.#ready()).similarity(one, other);
  }

  /** Gives its memory back; texts that come later open it again. */
  async release(): Promise<void> {
    const executor = this.#executor;
    this.#executor = undefined;
    this.#encoder = undefined;
    await executor?.release();
  }

  #ready(): Promise<GraphSentenceEncoder> {
    this.#encoder ??= this.#make();
    return this.#encoder;
  }

  async #make(): Promise<GraphSentenceEncoder> {
    const executor = createOrtExecutor(this.#threads === undefined ? {} : { threads: this.#threads });
    this.#executor = executor;
    const model = { ...(await this.#open()), name: this.name };
    return new GraphSentenceEncoder(model, new ProgramTable(executor), this.threshold);
  }
}

/** MiniLM, not opened before it is asked. */
export function embeddedSentenceEncoder(): OpenedSentenceEncoder {
  return new OpenedSentenceEncoder(MINILM_NAME, async () => openSentenceModel(await minilmFolder()), {
    source: 'minilm',
  });
}

/**
 * Opens the sentence encoder in the folder `nameOrPath`, or of that name on the hub, such as `sentence-transformers/sentence-t5-base`. What
 * it takes is given back by its `release()`.
 * @param nameOrPath `minilm` is all-MiniLM-L6-v2, which comes with the package and is opened when it is first asked
 * @throws {DpoError} FILE_ACCESS, INVALID_CHECKPOINT or UNSUPPORTED_MODEL, and from the hub HUB, NETWORK or DOWNLOAD_FAILED; the signal's
 * reason
 */
export async function openSentenceEncoder(
  nameOrPath = 'minilm',
  { threads, ...download }: OpenSentenceEncoderOptions = {},
): Promise<OpenedSentenceEncoder> {
  if (nameOrPath === 'minilm') return embeddedSentenceEncoder();
  const model = await openSentenceModel(await locateModel(nameOrPath, { ...download, role: 'sentence' }));
  return new OpenedSentenceEncoder(model.name, async () => model, { source: nameOrPath, threads });
}
