/** @file Small text files of a checkpoint: read whole, with a bound on their size and sentences when it fails. */
import { readFile, stat } from 'node:fs/promises';
import { systemErrorReason } from '../disk/system-error.ts';
import { DpoError } from '../errors.ts';
import { isNestedTooDeep, MAX_NESTING } from './json-nesting.ts';

// The largest such files in use, a tokenizer or an index over many shards, have a few megabytes.
const MAX_TEXT_BYTES = 64 * 2 ** 20;
/** A configuration has a few kilobytes, tens of them where it lists its betas. */
export const MAX_CONFIG_BYTES = 2 ** 20;

/** The text of the file at `path`, of at most `maxBytes`. @throws {DpoError} FILE_ACCESS, or INVALID_CHECKPOINT when it is absurdly large */
export async function readText(path: string, maxBytes = MAX_TEXT_BYTES): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size <= maxBytes) return await readFile(path, 'utf8');
  } catch (cause) {
    throw fileAccessError(path, cause);
  }
  throw new DpoError(
    'INVALID_CHECKPOINT',
    `${path} is larger than ${maxBytes} bytes; it cannot be what its name says.`,
    {
      details: { path },
    },
  );
}

/**
 * The JSON of the file at `path`, of at most `maxBytes`, unchecked. Python's `Infinity`, `-Infinity` and `NaN`, which diffusers writes
 * into scheduler configurations, are read too; NaN is null.
 * @throws {DpoError} FILE_ACCESS, or INVALID_CHECKPOINT when it is no JSON, or absurdly large or deep
 */
export async function readJson(path: string, maxBytes = MAX_TEXT_BYTES): Promise<unknown> {
  const text = await readText(path, maxBytes);
  if (isNestedTooDeep(text)) {
    const message = `${path} should hold JSON of a few levels, but is nested deeper than ${MAX_NESTING}; it cannot be what its name says.`;
    throw new DpoError('INVALID_CHECKPOINT', message, { details: { path } });
  }
  try {
    return parseJson(text);
  } catch (cause) {
    throw new DpoError(
      'INVALID_CHECKPOINT',
      `${path} should hold JSON, but does not parse: ${String(cause)}.`,
      {
        details: { path },
        cause,
      },
    );
  }
}

const STRING_OR_NOT_FINITE = /"(?:[^"\\]|\\.)*(?:"|$)|-?\bInfinity\b|\bNaN\b/gs;
const NUMBERS: Readonly<Record<string, string>> = { Infinity: '1e999', '-Infinity': '-1e999', NaN: 'null' };

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!/Infinity|NaN/.test(text)) throw error;
    return JSON.parse(text.replace(STRING_OR_NOT_FINITE, (token) => NUMBERS[token] ?? token));
  }
}

/** Whether the operating system refused something, as opposed to a bug of ours. */
export function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}

/** A FILE_ACCESS error that says why `path` could not be read or written. */
export function fileAccessError(path: string, cause: unknown): DpoError {
  return new DpoError('FILE_ACCESS', `${path} cannot be used: ${systemErrorReason(cause)}.`, {
    details: { path },
    cause,
  });
}
