/** @file YAML as plain data that still knows its lines: the only importer of its library. */
import { type Document, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import { DpoError } from '../errors.ts';

/** Keys and indices from the top of a file to one of its values. */
export type YamlPath = readonly PropertyKey[];

export class YamlFile {
  /** For messages. */
  readonly path: string;
  /** Plain data; keys in camel case, whatever they were. */
  readonly data: unknown;
  readonly #document: Document.Parsed;
  readonly #lines = new LineCounter();

  /** @throws {DpoError} INVALID_OPTION with the line of what is not YAML */
  constructor(text: string, path: string) {
    this.path = path;
    this.#document = this.#told(() =>
      parseDocument(text.replace(/^\uFEFF/, ''), { lineCounter: this.#lines }),
    );
    const [error] = this.#document.errors;
    if (error) throw this.#syntaxError(problemOf(error), this.#lines.linePos(error.pos[0]).line, error);
    const twice: string[] = [];
    this.data = this.#told(() => inCamelCase(this.#document.toJS(), twice));
    if (twice.length > 0)
      throw this.error([], `it has "${twice[0]}" twice, in both spellings. Keep one of them.`);
  }

  /** The file with the line of the value, or of the nearest thing around it: `table.yaml, line 12`. */
  placeOf(path: YamlPath): string {
    const line = this.#lineOf(path);
    return line === undefined ? this.path : `${this.path}, line ${line}`;
  }

  /** An error that begins with the place of `path`. */
  error(path: YamlPath, problem: string): DpoError {
    return new DpoError('INVALID_OPTION', `The experiment file ${this.placeOf(path)}: ${problem}`, {
      details: { path: this.path, line: this.#lineOf(path) },
    });
  }

  #lineOf(path: YamlPath): number | undefined {
    let node: unknown = this.#document.contents;
    let line = lineOfNode(node, this.#lines);
    for (const key of path) {
      const [inner, name] = childOf(node, key);
      line = lineOfNode(name ?? inner, this.#lines) ?? line;
      node = inner;
    }
    return line;
  }

  /** What holds itself, or far too much of something else, is found when it is read. */
  #told<T>(read: () => T): T {
    try {
      return read();
    } catch (cause) {
      throw this.#syntaxError(problemOf(cause as Error), 1, cause);
    }
  }

  #syntaxError(message: string, line: number, cause: unknown): DpoError {
    const problem = message.split(/ at line \d+/)[0].replace(/\.$/, '');
    return new DpoError(
      'INVALID_OPTION',
      `The experiment file ${this.path}, line ${line}, is not YAML: ${problem}.`,
      { details: { path: this.path, line }, cause },
    );
  }
}

/** The library's own words where they are meant for whoever wrote the file. */
function problemOf(error: Error): string {
  const { message } = error;
  if (error instanceof RangeError || /call stack/.test(message))
    return 'it holds itself, or is nested too deeply';
  if (/multiple documents/.test(message))
    return 'it goes on after a line "---" or "...", which begins another document. Expected one document';
  if (/alias count/.test(message)) return 'its aliases (*name) stand for too many values';
  return message;
}

/** The value under `key`, and the node of the key itself where there is one. */
function childOf(node: unknown, key: PropertyKey): [value: unknown, key?: unknown] {
  if (isSeq(node)) return [node.items[Number(key)]];
  if (!isMap(node)) return [undefined];
  const pair = node.items.find((item) => isScalar(item.key) && camelCase(String(item.key.value)) === key);
  return [pair?.value, pair?.key];
}

function lineOfNode(node: unknown, lines: LineCounter): number | undefined {
  if (!isNode(node) || !node.range) return undefined;
  return lines.linePos(node.range[0]).line;
}

/** Adds to `twice` the keys that an object has in both spellings. */
function inCamelCase(value: unknown, twice: string[]): unknown {
  if (Array.isArray(value)) return value.map((inner) => inCamelCase(inner, twice));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [camelCase(key), inCamelCase(inner, twice)]);
  const names = entries.map(([name]) => name as string);
  twice.push(...names.filter((name, i) => names.indexOf(name) !== i));
  return Object.fromEntries(entries);
}

function camelCase(name: string): string {
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
