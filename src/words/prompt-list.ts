/** @file A text file of prompts, one on a line. */
import { readFileSync } from 'node:fs';
import { systemErrorReason } from '../disk/system-error.ts';
import { DpoError } from '../errors.ts';

/**
 * The prompts in the file at `path`, in its order, each once.
 * @throws {DpoError} FILE_ACCESS when it cannot be read; INVALID_PROMPT when it is no text in UTF-8 or holds no prompt
 */
export function readPromptList(path: string): string[] {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (cause) {
    const message = `The prompts ${path} cannot be read: expected a text file with one prompt on each line, but ${systemErrorReason(cause)}.`;
    throw new DpoError('FILE_ACCESS', message, { cause, details: { path } });
  }
  const prompts = parsePromptList(decoded(bytes, path));
  if (prompts.length > 0) return prompts;
  const message = `The file ${path} holds no prompt. Write one on each line; empty lines and lines that begin with # do not count.`;
  throw new DpoError('INVALID_PROMPT', message, { details: { path } });
}

/**
 * Lines without the spaces around them. Empty lines and comments, which begin with `#`, are left out, and what comes again; a prompt
 * that begins with `#` is written `\#`.
 */
export function parsePromptList(text: string): string[] {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim());
  const prompts = lines
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => (line.startsWith('\\#') ? line.slice(1) : line));
  return [...new Set(prompts)];
}

function decoded(bytes: Buffer, path: string): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    if (!text.includes('\0')) return text;
  } catch {
    // Said below.
  }
  const message = `The file ${path} is no text in UTF-8; expected one prompt on each line. Save it as UTF-8.`;
  throw new DpoError('INVALID_PROMPT', message, { details: { path } });
}
