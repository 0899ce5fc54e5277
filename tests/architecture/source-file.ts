/** @file A source file as the architecture test sees it: its room, its lines and what it imports. */
import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Import {
  /** As it is written: `../tensor/tensor.ts`, `zod`, `node:fs`. */
  readonly specifier: string;
  /** The imported file from the repository's root; undefined for a package or a module of Node's. */
  readonly target: string | undefined;
  /** Whether nothing of it is left when the program runs. */
  readonly isTypeOnly: boolean;
}

export interface SourceFile {
  /** From the repository's root, with slashes: `src/graph/graph.ts`. */
  readonly path: string;
  /** The folder below `src/`, or the empty string for a file that lies in `src/` itself. */
  readonly room: string;
  readonly text: string;
  readonly imports: readonly Import[];
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Every TypeScript file below `folder`, such as `src`, tests included. */
export function readSourceFiles(folder: string): SourceFile[] {
  const names = readdirSync(`${ROOT}${folder}`, { recursive: true, encoding: 'utf8' });
  const paths = names.map((name) => `${folder}/${name.replaceAll('\\', '/')}`).filter(isTypeScript);
  return paths.sort().map((path) => sourceFile(path, readFileSync(`${ROOT}${path}`, 'utf8')));
}

/** A file's text under a path; the file need not exist. */
export function sourceFile(path: string, text: string): SourceFile {
  const [, room, rest] = path.split('/');
  return { path, room: rest === undefined ? '' : room, text, imports: importsOf(path, text) };
}

export function isTest({ path }: SourceFile): boolean {
  return path.endsWith('.test.ts');
}

export function isGenerated({ path }: SourceFile): boolean {
  return path.includes('/generated/');
}

function isTypeScript(path: string): boolean {
  return path.endsWith('.ts') && !path.includes('/node_modules/');
}

/** `import …` and `export …` with a source; the parts are the keyword `type`, the names and the source. */
const STATIC_IMPORT =
  /^(?:import|export)\s+(type\s+)?(\*(?:\s+as\s+\w+)?|\w+(?:\s*,\s*\{[^}]*\})?|\{[^}]*\})\s+from\s+'([^']+)'/gm;
/** `import './effect.ts'`, `import('./late.ts')` and what `createRequire` finds. */
const OTHER_IMPORT = /^import\s+'([^']+)'|\bimport\('([^']+)'\)|\.resolve\(['`]([^'`]+)['`]\)/gm;

function importsOf(path: string, text: string): Import[] {
  const fixed = [...text.matchAll(STATIC_IMPORT)].map(([, type, names, specifier]) =>
    importOf(path, specifier, type !== undefined || everyNameIsType(names)),
  );
  const others = [...text.matchAll(OTHER_IMPORT)].map(([, effect, late, resolved]) =>
    importOf(path, effect ?? late ?? resolved, false),
  );
  return [...fixed, ...others];
}

function everyNameIsType(names: string): boolean {
  if (!names.startsWith('{')) return false;
  const each = names
    .slice(1, -1)
    .split(',')
    .map((name) => name.trim());
  return each.filter(Boolean).every((name) => name.startsWith('type '));
}

function importOf(path: string, specifier: string, isTypeOnly: boolean): Import {
  const isOwn = specifier.startsWith('.');
  const target = isOwn ? posix.normalize(posix.join(posix.dirname(path), specifier)) : undefined;
  return { specifier, target, isTypeOnly };
}
