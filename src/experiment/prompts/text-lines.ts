/** @file The lines of a text file of any size, one after another. */
import { StringDecoder } from 'node:string_decoder';
import { DpoError } from '../../errors.ts';
import { withPromptFile } from './open-prompt-file.ts';

export interface TextLinesOptions {
  /** What the file should be, for messages. */
  readonly what: string;
  readonly signal?: AbortSignal | undefined;
}

/** No prompt is longer, in UTF-16 units; without a limit a file that is no text would be one line. */
const MAX_LINE = 2 ** 20;

/**
 * Calls `take` for each line of the UTF-8 file at `path`, with its number from 1; lines end in LF or CRLF, and a byte order mark is left out.
 * @throws {DpoError} FILE_ACCESS; INVALID_PROMPT when a line is no text, or a mebibyte or longer; the signal's reason
 */
export async function forEachLine(
  path: string,
  { what, signal }: TextLinesOptions,
  take: (line: string, number: number) => void,
): Promise<void> {
  await withPromptFile(path, what, async (file) => {
    const decoder = new StringDecoder('utf8');
    let rest = '';
    let number = 0;
    const takeLine = (line: string) => {
      number++;
      if (line.length >= MAX_LINE) throw noPrompt(path, number, 'is longer than any prompt', what);
      if (line.includes('\0')) throw noPrompt(path, number, 'is no text', what);
      take((number === 1 ? line.replace(/^\uFEFF/, '') : line).replace(/\r$/, ''), number);
    };
    for await (const bytes of file.createReadStream({ autoClose: false })) {
      signal?.throwIfAborted();
      const lines = (rest + decoder.write(bytes as Buffer)).split('\n');
      rest = lines.pop()!;
      lines.forEach(takeLine);
      if (rest.length >= MAX_LINE) throw noPrompt(path, number + 1, 'is longer than any prompt', what);
    }
    rest += decoder.end();
    if (rest !== '') takeLine(rest);
  });
}

function noPrompt(path: string, number: number, problem: string, what: string): DpoError {
  const message = `Line ${number} of ${path} ${problem}. Expected ${what}; is it a text file?`;
  return new DpoError('INVALID_PROMPT', message, { details: { path, line: number } });
}
