/** @file Prompts from JSON lines: an object with `prompt` on each line, as data sets and exports have them. */
import { z } from 'zod';
import { DpoError } from '../../errors.ts';
import { forEachLine } from './text-lines.ts';

const recordSchema = z.object({ prompt: z.string() });
const WHAT = 'JSON lines, an object with "prompt" on each';

/**
 * Calls `take` for the `prompt` of each line of the file at `path`; empty lines do not count.
 * @throws {DpoError} FILE_ACCESS; INVALID_PROMPT that names the line which is none; the signal's reason
 */
export async function readJsonLines(
  path: string,
  take: (prompt: string) => void,
  signal?: AbortSignal,
): Promise<void> {
  await forEachLine(path, { what: WHAT, signal }, (line, number) => {
    if (line.trim() === '') return;
    const record = recordSchema.safeParse(parsed(line));
    if (record.success) return take(record.data.prompt);
    const message = `Line ${number} of ${path} is no JSON object with a text "prompt", such as {"prompt": "a red cat"}. Mend it, or name the file .txt if its lines are prompts.`;
    throw new DpoError('INVALID_PROMPT', message, { details: { path, line: number } });
  });
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
