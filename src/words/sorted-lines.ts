/** @file Binary search in a text file whose lines are sorted by byte, so that a large index need not be parsed. */

const NEWLINE = 10;

/** Where the line that holds byte `position` starts. */
function lineStart(buffer: Buffer, position: number): number {
  return position === 0 ? 0 : buffer.lastIndexOf(NEWLINE, position - 1) + 1;
}

function lineEnd(buffer: Buffer, position: number): number {
  const end = buffer.indexOf(NEWLINE, position);
  return end < 0 ? buffer.length : end;
}

/** Negative, zero or positive as the line at `start` sorts before, begins with, or sorts after `prefix`. */
function comparePrefix(buffer: Buffer, start: number, prefix: Buffer): number {
  const end = Math.min(lineEnd(buffer, start), start + prefix.length);
  return buffer.compare(prefix, 0, prefix.length, start, end);
}

/** Where the first line that is not less than `prefix` starts; the buffer's length when all are less. */
function lowerBound(buffer: Buffer, prefix: Buffer): number {
  let low = 0;
  let high = buffer.length;
  while (low < high) {
    const start = lineStart(buffer, (low + high) >> 1);
    if (comparePrefix(buffer, start, prefix) < 0) low = lineEnd(buffer, start) + 1;
    else high = start;
  }
  return Math.min(low, buffer.length);
}

/** Every line of `buffer` (ASCII, sorted by byte) that begins with `prefix`, in order; none when there is none. */
export function linesWithPrefix(buffer: Buffer, prefix: string): string[] {
  const key = Buffer.from(prefix, 'utf8');
  const lines: string[] = [];
  let start = lowerBound(buffer, key);
  while (start < buffer.length && comparePrefix(buffer, start, key) === 0) {
    const end = lineEnd(buffer, start);
    lines.push(buffer.toString('latin1', start, end));
    start = end + 1;
  }
  return lines;
}
