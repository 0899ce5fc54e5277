/** @file Holds the house together: arrows between rooms, single importers, sizes, names, headers. And shows that each rule can be broken. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ARROWS, PACKAGE_IMPORTERS } from './house-rules.ts';
import { readSourceFiles, type SourceFile, sourceFile } from './source-file.ts';
import {
  anyTypes,
  badNames,
  importCycles,
  longFiles,
  missingHeaders,
  nodeModules,
  strayPackages,
  undocumentedExports,
  wrongArrows,
} from './violations.ts';

const sources = readSourceFiles('src');
const everything = ['src', 'pocket', 'bench', 'examples', 'tests'].flatMap(readSourceFiles);

/** Files that break a rule, and a piece of the sentence that must come out. */
interface Breach {
  readonly files: Readonly<Record<string, string>>;
  readonly sentence: string;
}

interface RuleCase {
  readonly name: string;
  readonly rule: (files: readonly SourceFile[]) => string[];
  readonly files: readonly SourceFile[];
  readonly breaches: readonly Breach[];
}

const CASES: readonly RuleCase[] = [
  {
    name: 'rooms import along the arrows only',
    rule: wrongArrows,
    files: sources,
    breaches: [
      {
        files: { 'src/search/bad.ts': "import { Pipeline } from '../diffusion/pipeline.ts';" },
        sentence: 'src/search/bad.ts imports src/diffusion/pipeline.ts, but search may import tensor.',
      },
      {
        files: { 'src/diffusion/bad.ts': "import { type A, b } from '../runtime/executor.ts';" },
        sentence: 'as a value, but diffusion may import only types from runtime',
      },
      {
        files: { 'src/cli/bad.ts': "const all = await import('../index.ts');" },
        sentence: 'src/cli/bad.ts imports src/index.ts',
      },
      {
        files: { 'src/study/bad.ts': "export { mean } from '../../bench/effect/effect-run.ts';" },
        sentence: 'src/study/bad.ts imports bench/effect/effect-run.ts',
      },
    ],
  },
  {
    name: 'rooms for the browser import no module of Node’s',
    rule: nodeModules,
    files: sources,
    breaches: [
      {
        files: { 'src/graph/bad.ts': "import { readFileSync } from 'node:fs';" },
        sentence: 'src/graph/bad.ts imports node:fs, but graph must run in a browser too',
      },
    ],
  },
  {
    name: 'each package has its importer',
    rule: strayPackages,
    files: sources,
    breaches: [
      {
        files: { 'src/cli/bad.ts': "import * as ort from 'onnxruntime-node';" },
        sentence: 'imports onnxruntime-node, which only src/runtime/onnxruntime/ may import',
      },
      {
        files: { 'src/cli/bad.ts': "const path = font.resolve('@scope/package/file.ttf');" },
        sentence: 'imports @scope/package, which has no line in PACKAGE_IMPORTERS',
      },
    ],
  },
  {
    name: 'no file imports itself through others',
    rule: importCycles,
    files: sources,
    breaches: [
      {
        files: {
          'src/words/one.ts': "import type { Two } from './two.ts';",
          'src/words/two.ts': "export * from './one.ts';",
        },
        sentence: 'src/words/one.ts → src/words/two.ts → src/words/one.ts is a circle',
      },
    ],
  },
  {
    name: 'files are short',
    rule: longFiles,
    files: everything,
    breaches: [
      {
        files: { 'src/words/bad.ts': 'line\n'.repeat(401) },
        sentence: 'src/words/bad.ts has 401 lines; the most is 400',
      },
    ],
  },
  {
    name: 'names are kebab-case and say something',
    rule: badNames,
    files: everything,
    breaches: [
      { files: { 'src/words/utils.ts': '' }, sentence: 'src/words/utils.ts is called "utils", which says' },
      {
        files: { 'src/helpers/word.ts': '' },
        sentence: 'src/helpers/word.ts is called "helpers", which says',
      },
      { files: { 'src/words/wordNet.ts': '' }, sentence: 'src/words/wordNet.ts is not in kebab-case' },
    ],
  },
  {
    name: 'there is no type "any"',
    rule: anyTypes,
    files: everything,
    breaches: [
      {
        files: { 'src/words/bad.ts': "// any\nconst any = AbortSignal.any(['any']);\nconst y = `a` as any;" },
        sentence: 'src/words/bad.ts:3 has the type "any"',
      },
      { files: { 'src/words/bad.ts': 'let x: any;' }, sentence: 'src/words/bad.ts:1' },
      {
        files: { 'src/words/bad.ts': 'const f = (x: Map<string, any[]>) => x;' },
        sentence: 'src/words/bad.ts:1',
      },
    ],
  },
  {
    name: 'every file says what it is',
    rule: missingHeaders,
    files: sources,
    breaches: [
      {
        files: { 'src/words/bad.ts': 'export const word = 1;' },
        sentence: 'src/words/bad.ts must begin with "/** @file',
      },
    ],
  },
  {
    name: 'public functions and classes are documented',
    rule: undocumentedExports,
    files: sources,
    breaches: [
      {
        files: {
          'src/index.ts': "export { type Shape, find as search } from './words/bad.ts';",
          'src/words/bad.ts': '/** A shape. */\nexport type Shape = 1;\nexport async function find() {}',
        },
        sentence: 'src/words/bad.ts exports "find" to users without a doc comment',
      },
    ],
  },
];

describe.each(CASES)('$name', ({ rule, files, breaches }) => {
  it('everywhere', () => {
    expect(rule(files)).toEqual([]);
  });

  it.each(breaches)('or else: $sentence', (breach) => {
    const sentences = rule(Object.entries(breach.files).map(([path, text]) => sourceFile(path, text)));
    expect(sentences).toHaveLength(1);
    expect(sentences[0]).toContain(breach.sentence);
  });
});

describe('the tables', () => {
  it('have a line for every room, and no line for a room that is gone', () => {
    const rooms = new Set(sources.map(({ room }) => room).filter((room) => room !== ''));
    expect(Object.keys(ARROWS).sort()).toEqual([...rooms].sort());
  });

  it('have an importer for every dependency in package.json, and no other', () => {
    const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
    expect(Object.keys(PACKAGE_IMPORTERS).sort()).toEqual(Object.keys(manifest.dependencies).sort());
  });

  it('read the imports that are there', () => {
    const { imports } = sources.find(({ path }) => path === 'src/runtime/onnxruntime/ort-executor.ts')!;
    const specifiers = imports.map(({ specifier }) => specifier);
    expect(specifiers).toEqual(expect.arrayContaining(['onnxruntime-node', 'node:crypto', '../executor.ts']));
    expect(imports.find(({ specifier }) => specifier === '../executor.ts')).toMatchObject({
      target: 'src/runtime/executor.ts',
      isTypeOnly: true,
    });
  });
});
