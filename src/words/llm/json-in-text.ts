/** @file Finds the JSON in a model's answer, which may stand in a fence, among prose or behind its thoughts. */

/** What ends the thoughts that a reasoning model says aloud before its answer. */
const ENDS_OF_THOUGHTS = ['</think>', '</thinking>'];

/** Openings that are looked at, so that brackets without end cost no time without end. */
const MAX_OPENINGS = 20;

/** The answer without what was thought aloud. */
export function withoutThoughts(text: string): string {
  const ends = ENDS_OF_THOUGHTS.map((end) => ({ at: text.lastIndexOf(end), length: end.length }));
  const from = Math.max(0, ...ends.filter(({ at }) => at >= 0).map(({ at, length }) => at + length));
  return text.slice(from).trim();
}

/** The values of the JSON objects and arrays in `text`, the whole text first, then in order; none within another. */
export function* jsonIn(text: string): Generator<unknown> {
  const whole = parsed(text);
  if (whole !== undefined) {
    yield whole.value;
    return;
  }
  let start = nextOpening(text, 0);
  for (let seen = 0; start >= 0 && seen < MAX_OPENINGS; seen++) {
    const end = closingOf(text, start);
    const found = end === undefined ? undefined : parsed(text.slice(start, end));
    if (found !== undefined) yield found.value;
    start = nextOpening(text, found === undefined || end === undefined ? start + 1 : end);
  }
}

function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function nextOpening(text: string, from: number): number {
  const at = text.slice(from).search(/[[{]/);
  return at < 0 ? -1 : from + at;
}

/** The index behind the bracket that closes the one at `start`; brackets in strings do not count. */
function closingOf(text: string, start: number): number | undefined {
  let depth = 0;
  for (let i = start; i < text.length; i++) {
    const character = text[i];
    if (character === '"') i = endOfString(text, i);
    else if (character === '{' || character === '[') depth++;
    else if (character === '}' || character === ']') depth--;
    if (depth === 0) return i + 1;
  }
  return undefined;
}

function endOfString(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '"') return i;
  }
  return text.length;
}
