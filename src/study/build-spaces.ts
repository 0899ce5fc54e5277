/** @file The search spaces of many prompts, one after the other, kept as they are made. */
import { DpoError } from '../errors.ts';
import type { PromptSpace, Task } from '../words/prompt-space.ts';
import type { SpaceStore } from './space-store.ts';

export interface BuildSpacesOptions {
  readonly task: Task;
  readonly store: SpaceStore;
  /** The space of a prompt; an INVALID_PROMPT error says that it has no words. */
  readonly build: (prompt: string) => PromptSpace | Promise<PromptSpace>;
  /** Aborting ends it before the next prompt. */
  readonly signal: AbortSignal;
}

/** What became of one prompt. */
export interface BuiltSpace {
  readonly prompt: string;
  /** Whether it was in the file already. */
  readonly isKept: boolean;
  /** Why it has nothing to search. */
  readonly problem?: string;
}

/**
 * Tells of each prompt in turn. When all are done the file is written; when it ends before, the partial file stays and a later call
 * goes on from there.
 * @throws {DpoError} FILE_ACCESS, and whatever `build` throws besides INVALID_PROMPT
 */
export async function* buildSpaces(
  prompts: readonly string[],
  options: BuildSpacesOptions,
): AsyncGenerator<BuiltSpace, void> {
  const { store, signal } = options;
  for (const prompt of prompts) {
    // Lets signals through: dictionaries answer without waiting for anything.
    await new Promise((resolve) => setImmediate(resolve));
    if (signal.aborted) return;
    const kept = store.get(prompt);
    yield kept ? { ...kept, isKept: true } : await buildOne(prompt, options);
  }
  await store.finish();
}

async function buildOne(prompt: string, { task, store, build }: BuildSpacesOptions): Promise<BuiltSpace> {
  try {
    store.add(await build(prompt));
    return { prompt, isKept: false };
  } catch (error) {
    if (!(error instanceof DpoError && error.code === 'INVALID_PROMPT')) throw error;
    store.add({ prompt, task, slots: [], problem: error.message });
    return { prompt, isKept: false, problem: error.message };
  }
}
