/**
 * @file A file of search spaces that grows prompt by prompt. Until it is whole, each prompt is a line of `FILE.partial`, so that whatever
 * ends the program, a power cut within a line included, costs at most the prompt that it was at; then `FILE` is written at once.
 */
import {
  appendFileSync,
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { z } from 'zod';
import { DpoError } from '../errors.ts';
import type { PromptSpace, Task } from '../words/prompt-space.ts';
import { fileWriteError, writeFileAtomically } from './write-file.ts';

const FORMAT = 'dpo-diff-spaces/1';

/** What is kept of a prompt: its space, or an empty one and why. */
export interface StoredSpace extends PromptSpace {
  readonly problem?: string;
}

/** Whatever else an object holds is kept as it is: people edit these files. */
const entrySchema = z.looseObject({
  prompt: z.string(),
  task: z.enum(['improve', 'attack']),
  slots: z.array(z.unknown()),
});
const headerSchema = z.object({ format: z.literal(FORMAT), settings: z.string() });

type Entry = z.infer<typeof entrySchema>;

export interface SpaceStoreOptions {
  readonly task: Task;
  /** All that the spaces depend on besides prompt and task: what was begun with other settings is not continued. */
  readonly settings: string;
}

export class SpaceStore {
  readonly path: string;
  readonly partialPath: string;
  readonly #task: Task;
  /** Undefined once it is closed. */
  #file: number | undefined;
  readonly #entries: Map<string, Entry>;

  private constructor(path: string, task: Task, file: number, entries: Map<string, Entry>) {
    this.path = path;
    this.partialPath = partialOf(path);
    this.#task = task;
    this.#file = file;
    this.#entries = entries;
  }

  /**
   * Opens the spaces at `path` with what earlier runs left, whole or not.
   * @throws {DpoError} INVALID_SPACE when one of the two files is something else; INVALID_OPTION when the partial one was begun with
   * other settings; FILE_ACCESS
   */
  static open(path: string, { task, settings }: SpaceStoreOptions): SpaceStore {
    const entries = readWhole(path);
    const lines = readPartial(partialOf(path), settings);
    for (const entry of lines) entries.set(keyOf(entry), entry);
    return new SpaceStore(path, task, openPartial(partialOf(path), settings), entries);
  }

  /** The space of a prompt, where it is there already. */
  get(prompt: string): Pick<StoredSpace, 'prompt' | 'problem'> | undefined {
    const entry = this.#entries.get(keyOf({ prompt, task: this.#task }));
    if (entry === undefined) return undefined;
    return { prompt, ...(typeof entry.problem === 'string' && { problem: entry.problem }) };
  }

  /** Keeps a space, on disk when this returns. @throws {DpoError} FILE_ACCESS */
  add(space: StoredSpace): void {
    try {
      writeSync(this.#file!, `${JSON.stringify(space)}\n`);
    } catch (cause) {
      throw fileWriteError(this.partialPath, cause);
    }
    this.#entries.set(keyOf(space), entrySchema.parse(JSON.parse(JSON.stringify(space))));
  }

  /** Writes the file whole, what it held before at its place, and takes the partial one away. @throws {DpoError} FILE_ACCESS */
  async finish(): Promise<void> {
    const lines = [...this.#entries.values()].map((entry) => JSON.stringify(entry));
    await writeFileAtomically(this.path, `[\n${lines.join(',\n')}\n]\n`);
    this.close();
    rmSync(this.partialPath, { force: true });
  }

  /** Lets go of the partial file; may be called again. */
  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }
}

function partialOf(path: string): string {
  return `${path}.partial`;
}

function keyOf({ prompt, task }: Pick<Entry, 'prompt' | 'task'>): string {
  return JSON.stringify([prompt.trim(), task]);
}

function readWhole(path: string): Map<string, Entry> {
  if (!existsSync(path)) return new Map();
  const entries = z.array(entrySchema).safeParse(parsed(readText(path)));
  if (!entries.success)
    throw refusal(path, 'is there and is no array of search spaces, so nothing can be added to it');
  return new Map(entries.data.map((entry) => [keyOf(entry), entry]));
}

/** The whole lines; what the last one lacks to be whole is cut off. */
function readPartial(path: string, settings: string): Entry[] {
  if (!existsSync(path)) return [];
  const text = readText(path);
  const end = text.lastIndexOf('\n') + 1;
  if (end < text.length) truncate(path, Buffer.byteLength(text.slice(0, end)));
  const [first, ...rest] = text.slice(0, end).split('\n').slice(0, -1);
  if (first === undefined) return [];
  const header = headerSchema.safeParse(parsed(first));
  if (!header.success) throw refusal(path, 'is not what an earlier run began');
  if (header.data.settings !== settings) {
    const message = `${path} was begun with other options (${header.data.settings} instead of ${settings}). Continue with those, or delete it.`;
    throw new DpoError('INVALID_OPTION', message, { details: { path, expected: header.data.settings } });
  }
  return rest.map((line, i) => {
    const entry = entrySchema.safeParse(parsed(line));
    if (entry.success) return entry.data;
    throw refusal(path, `has no search space on line ${i + 2}`);
  });
}

function openPartial(path: string, settings: string): number {
  try {
    if (!existsSync(path) || readFileSync(path).length === 0)
      appendFileSync(path, `${JSON.stringify({ format: FORMAT, settings })}\n`);
    return openSync(path, 'a');
  } catch (cause) {
    throw fileWriteError(path, cause);
  }
}

function truncate(path: string, bytes: number): void {
  try {
    truncateSync(path, bytes);
  } catch (cause) {
    throw fileWriteError(path, cause);
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (cause) {
    throw new DpoError('FILE_ACCESS', `"${path}" cannot be read (${reason(cause)}).`, {
      cause,
      details: { path },
    });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refusal(path: string, problem: string): DpoError {
  return new DpoError('INVALID_SPACE', `"${path}" ${problem}. Choose another name, or move it away.`, {
    details: { path },
  });
}

function reason(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
