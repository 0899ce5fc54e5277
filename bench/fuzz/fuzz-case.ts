/** @file One case: a sound input, damage, and what the program makes of it. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { getHeapStatistics } from 'node:v8';
import { DpoError } from '../../src/errors.ts';
import { BufferWatch } from './buffer-watch.ts';
import type { Corpus } from './corpus.ts';
import { Draw } from './draw.ts';
import { grownJson } from './grown-json.ts';
import { mutateBytes } from './mutate-bytes.ts';
import { mutateJson } from './mutate-json.ts';
import { mutateMerges } from './mutate-merges.ts';
import { mutateSafetensors } from './mutate-safetensors.ts';
import { TARGETS, type Target } from './targets.ts';

/** More of a processor's time than this, and of the clock's, and a case has failed. What waits without working, the parent ends. */
export const MAX_MS = 1000;
/** What may be asked for at once, whatever the size of the files: stacks, tables and reading buffers of a fixed size. */
export const FREE_BYTES = 64 * 1024;
/** Below this the fixed costs of opening anything hide what the file's size adds. */
const LARGE_BYTES = 64 * 1024;
const MAX_MESSAGE = 2000;

export interface CaseResult {
  readonly index: number;
  readonly target: string;
  readonly outcome: 'accepted' | 'refused';
  /** By the clock; on a busy machine it says more of the machine. */
  readonly ms: number;
  /** Of the processor, all threads. */
  readonly cpuMs: number;
  /** Largest single request for memory, beyond what is free, over the bytes of the input. */
  readonly bufferRatio: number;
  /** Growth of the heap, garbage included, over the bytes of the input; null for small inputs and where garbage was collected. */
  readonly heapRatio: number | null;
  /** What was said. */
  readonly message: string | null;
  /** Why the case has failed; null when all is well. */
  readonly problem: string | null;
}

export interface CaseInput {
  readonly target: Target;
  readonly corpus: Corpus;
  /** Files that differ from the corpus; null for one that is gone. */
  readonly changed: ReadonlyMap<string, Buffer | null>;
}

/** Runs cases in `root`, a folder of its own (in memory, best). Case `index` is the same for the same seed, whatever ran before. */
export class FuzzCases {
  readonly #root: string;
  readonly #seed: number;
  readonly #turns: readonly Target[];
  readonly #corpora = new Map<Target, Corpus[]>();
  readonly #laid = new Set<string>();
  readonly #watch = new BufferWatch();

  constructor(root: string, seed: number, targets: readonly Target[] = TARGETS) {
    this.#root = root;
    this.#seed = seed;
    this.#turns = targets.flatMap((target) => Array.from({ length: target.share }, () => target));
  }

  /** The input of a case, without running it. */
  input(index: number): CaseInput {
    const draw = new Draw(this.#seed, index);
    const target = draw.pick(this.#turns);
    const corpora = this.#corporaOf(target);
    const corpus = draw.pick(corpora);
    const changed = new Map<string, Buffer | null>();
    for (let files = draw.chance(0.9) ? 1 : 2; files > 0; files--) {
      const name = draw.pick([...corpus.keys()]);
      const donors = corpora.flatMap((other) => other.get(name) ?? []);
      changed.set(name, draw.chance(0.004) ? null : damaged(name, corpus.get(name)!, donors, draw));
    }
    return { target, corpus, changed };
  }

  async run(index: number): Promise<CaseResult> {
    const { target, corpus, changed } = this.input(index);
    const dir = join(
      this.#root,
      target.name.replaceAll(/\W/g, '-'),
      String(this.#corporaOf(target).indexOf(corpus)),
    );
    await this.#lay(target, dir, corpus);
    for (const [name, bytes] of changed) put(join(dir, name), bytes);
    const first = await this.#measure(target, dir, inputBytes(corpus, changed));
    // Once may be the collector's turn.
    const again = tooLong(first) ? await this.#measure(target, dir, inputBytes(corpus, changed)) : first;
    for (const name of changed.keys()) put(join(dir, name), corpus.get(name)!);
    const slow = tooLong(again) ? `took ${Math.round(again.cpuMs)} ms of a processor` : null;
    const { ms, cpuMs } = again;
    return { ...first, index, target: target.name, ms, cpuMs, problem: first.problem ?? slow };
  }

  #corporaOf(target: Target): Corpus[] {
    const corpora = this.#corpora.get(target) ?? target.corpora();
    this.#corpora.set(target, corpora);
    return corpora;
  }

  /** Writes a sound input and opens it once, so that tables which are made on first use burden no case. */
  async #lay(target: Target, dir: string, corpus: Corpus): Promise<void> {
    if (this.#laid.has(dir)) return;
    for (const [name, bytes] of corpus) put(join(dir, name), bytes);
    this.#laid.add(dir);
    await target.open(dir).catch(() => {});
  }

  async #measure(target: Target, dir: string, size: number): Promise<Omit<CaseResult, 'index' | 'target'>> {
    const allowed = 2 * size + FREE_BYTES;
    const heapBefore = getHeapStatistics().used_heap_size;
    let error: unknown;
    let accepted = false;
    this.#watch.start(allowed);
    const cpu = process.cpuUsage();
    const start = performance.now();
    try {
      await target.open(dir);
      accepted = true;
    } catch (thrown) {
      error = thrown;
    }
    const ms = performance.now() - start;
    const { user, system } = process.cpuUsage(cpu);
    const largest = this.#watch.stop();
    const growth = getHeapStatistics().used_heap_size - heapBefore;
    const tooMuch =
      largest > allowed ? `asked for ${largest} bytes at once for ${size} bytes of files` : null;
    return {
      outcome: accepted ? 'accepted' : 'refused',
      ms,
      cpuMs: (user + system) / 1000,
      bufferRatio: Math.max(0, largest - FREE_BYTES) / Math.max(1, size),
      heapRatio: size >= LARGE_BYTES && growth > 0 ? growth / size : null,
      message: accepted ? null : String(error),
      problem: tooMuch ?? (accepted ? null : problemOf(error, dir)),
    };
  }
}

function tooLong({ ms, cpuMs }: Pick<CaseResult, 'ms' | 'cpuMs'>): boolean {
  return ms > MAX_MS && cpuMs > MAX_MS;
}

/** What is wrong with how an input was refused; null when it was refused as it should be. */
export function problemOf(error: unknown, dir: string): string | null {
  if (!(error instanceof DpoError)) return `threw no DpoError: ${(error as Error)?.stack ?? String(error)}`;
  const { message, code } = error;
  if (!error.isUserError) return `threw ${code}, which is no mistake of the user's: ${message}`;
  if (message.length > MAX_MESSAGE) return `said ${message.length} characters: ${message.slice(0, 200)}`;
  if (/\p{Cc}/u.test(message)) return `said control characters: ${JSON.stringify(message)}`;
  if (!message.includes(dir)) return `did not name the file: ${message}`;
  return null;
}

function damaged(name: string, bytes: Buffer, donors: readonly Buffer[], draw: Draw): Buffer {
  switch (extname(name)) {
    case '.safetensors':
      return mutateSafetensors(bytes, draw, donors);
    case '.json':
      return damagedJson(bytes, donors, draw);
    default:
      return mutateMerges(bytes, draw, donors);
  }
}

function damagedJson(bytes: Buffer, donors: readonly Buffer[], draw: Draw): Buffer {
  if (draw.chance(0.2)) return mutateBytes(bytes, draw, donors);
  const text = bytes.toString('utf8');
  if (draw.chance(0.005)) return Buffer.from(grownJson(text, draw));
  const others = donors.map((donor) => donor.toString('utf8'));
  return Buffer.from(mutateJson(text, draw, others));
}

function inputBytes(corpus: Corpus, changed: CaseInput['changed']): number {
  let bytes = 0;
  for (const [name, original] of corpus)
    bytes += (changed.has(name) ? changed.get(name) : original)?.length ?? 0;
  return bytes;
}

function put(path: string, bytes: Buffer | null): void {
  if (bytes === null) rmSync(path);
  else {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  }
}
