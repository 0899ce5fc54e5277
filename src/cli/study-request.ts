/** @file What a store keeps of a command line, so that a study can be gone on with from anywhere. */
import { z } from 'zod';
import { DpoError } from '../errors.ts';
import type { StoredStudy } from '../store/study-table.ts';
import type { PromptSpace, Task } from '../words/prompt-space.ts';
import type { CliOptions } from './shared-options.ts';
import { suggestedCommand } from './suggested-command.ts';

/** Survives JSON. */
export interface KeptRequest {
  readonly from: 'command line';
  readonly task: Task;
  readonly prompt: string;
  /** Without what only concerns one terminal. */
  readonly options: CliOptions;
  readonly typed: readonly string[];
  /** The folder that relative paths are relative to. */
  readonly cwd: string;
}

/** With the words, as they were found: dictionaries and language models may say something else tomorrow. */
export interface ReadRequest extends KeptRequest {
  readonly space: PromptSpace;
}

const requestSchema = z.object({
  from: z.literal('command line'),
  task: z.enum(['improve', 'attack']),
  prompt: z.string(),
  options: z.record(z.string(), z.unknown()),
  typed: z.array(z.string()),
  space: z.looseObject({ prompt: z.string(), slots: z.array(z.unknown()) }),
  cwd: z.string(),
});

export function keptRequest(request: Omit<KeptRequest, 'from' | 'cwd'>): KeptRequest {
  const { json: _, quiet: __, verbose: ___, store: ____, ...options } = request.options;
  return { from: 'command line', ...request, options: withInfinity(options, 'write'), cwd: process.cwd() };
}

/** @throws {DpoError} INVALID_OPTION for a study that was not begun by a command line */
export function readRequest(
  { id, request, experiment }: StoredStudy,
  named: Pick<CliOptions, 'store'>,
): ReadRequest {
  const read = requestSchema.safeParse(request);
  if (read.success) {
    const kept = read.data as unknown as ReadRequest;
    return { ...kept, options: withInfinity(kept.options, 'read') };
  }
  const how =
    experiment === null
      ? 'Go on with it by the same call, with `record.resume`'
      : `Go on with its experiment: ${suggestedCommand(['experiment', experiment], named)}`;
  throw new DpoError('INVALID_OPTION', `The study ${id} was not begun by a command of its own. ${how}.`, {
    details: { study: id },
  });
}

/** JSON has no infinite numbers. */
function withInfinity(options: CliOptions, way: 'read' | 'write'): CliOptions {
  const from = way === 'write' ? Number.POSITIVE_INFINITY : 'unlimited';
  const to = way === 'write' ? 'unlimited' : Number.POSITIVE_INFINITY;
  const entries = Object.entries(options).map(([name, value]) => [name, value === from ? to : value]);
  return Object.fromEntries(entries) as CliOptions;
}
