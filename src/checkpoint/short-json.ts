/** @file Values of a checkpoint's files as a message shows them: short, whatever their size and depth. */

const MAX_LENGTH = 80;
const MAX_DEPTH = 4;

/** JSON of `value` in at most 80 characters; what is deeper than four levels is not looked at. `missing` for undefined. */
export function shortJson(value: unknown): string {
  if (value === undefined) return 'missing';
  return cut(jsonOf(value, MAX_DEPTH), MAX_LENGTH);
}

/** `text` in quotes, its middle left out when it is long. */
export function quoted(text: string): string {
  return JSON.stringify(cut(text, 2 * MAX_LENGTH));
}

/** `text`, at most `length` characters of it. */
export function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 3)}...` : text;
}

function jsonOf(value: unknown, depth: number): string {
  if (typeof value === 'string') return JSON.stringify(cut(value, MAX_LENGTH));
  if (typeof value !== 'object' || value === null) return String(JSON.stringify(value));
  if (depth === 0) return '...';
  if (Array.isArray(value)) return `[${joined(value, (item) => jsonOf(item, depth - 1))}]`;
  const object = value as Readonly<Record<string, unknown>>;
  const members = joined(firstKeys(object), (key) => `${jsonOf(key, 1)}:${jsonOf(object[key], depth - 1)}`);
  return `{${members}}`;
}

/** Members until they are longer than is shown. */
function joined<T>(items: readonly T[], write: (item: T) => string): string {
  const parts: string[] = [];
  let length = 0;
  for (const item of items) {
    if (length > MAX_LENGTH) break;
    const part = write(item);
    parts.push(part);
    length += part.length + 1;
  }
  return parts.join(',');
}

function firstKeys(object: object): string[] {
  const keys: string[] = [];
  for (const key in object) {
    if (!Object.hasOwn(object, key)) continue;
    keys.push(key);
    if (keys.length > MAX_LENGTH) break;
  }
  return keys;
}
