/** @file One function a rule: the files in, a sentence for each breach out. */
import {
  ARROWS,
  FORBIDDEN_NAMES,
  MAX_LINES,
  MAX_TEST_LINES,
  PACKAGE_IMPORTERS,
  ROOMS_WITHOUT_NODE,
} from './house-rules.ts';
import { type Import, isGenerated, isTest, type SourceFile } from './source-file.ts';

const SHARED = 'src/errors.ts';
const PUBLIC_FACE = 'src/index.ts';
/** The part of it that runs in a web page; its importers are users too. */
const PUBLIC_FACES: readonly string[] = [PUBLIC_FACE, 'src/browser.ts'];

type Rule = (files: readonly SourceFile[]) => string[];

/** Imports that go against the arrows between rooms. */
export const wrongArrows: Rule = (files) =>
  product(files).flatMap((file) =>
    file.imports
      .flatMap((imported) => wrongArrow(file, imported) ?? [])
      .map((problem) => `${file.path} ${problem}`),
  );

function wrongArrow({ path, room }: SourceFile, { target, isTypeOnly }: Import): string | undefined {
  if (target === undefined || target === SHARED || PUBLIC_FACES.includes(path)) return undefined;
  if (PUBLIC_FACES.includes(target)) return `imports ${target}. Import the file that declares it.`;
  if (!target.startsWith('src/'))
    return `imports ${target}: the product must not depend on what lies outside of src/.`;
  const other = target.split('/')[1];
  if (other === room) return undefined;
  const arrow = ARROWS[room]?.[other];
  if (arrow === undefined) {
    const allowed = Object.keys(ARROWS[room] ?? {}).join(', ') || 'no other room';
    return `imports ${target}, but ${room || 'the root of src'} may import ${allowed}. Move the code, or pass what is needed as an argument.`;
  }
  if (arrow === 'any' || isTypeOnly) return undefined;
  return `imports ${target} as a value, but ${room} may import only types from ${other}. Write "import type", or pass the value in.`;
}

/** Modules of Node's where the code should run in a browser too. */
export const nodeModules: Rule = (files) =>
  product(files)
    .filter(({ room }) => ROOMS_WITHOUT_NODE.has(room))
    .flatMap(({ path, room, imports }) =>
      imports
        .filter(({ specifier }) => specifier.startsWith('node:'))
        .map(
          ({ specifier }) =>
            `${path} imports ${specifier}, but ${room} must run in a browser too. Files and processes belong to checkpoint, runtime, words, study or cli.`,
        ),
    );

/** Packages outside of their one importer. */
export const strayPackages: Rule = (files) =>
  product(files).flatMap(({ path, imports }) =>
    imports.flatMap(({ specifier }) => {
      const name = packageOf(specifier);
      if (name === undefined) return [];
      const importers = PACKAGE_IMPORTERS[name];
      if (importers === undefined)
        return [
          `${path} imports ${name}, which has no line in PACKAGE_IMPORTERS. Give it one importer there.`,
        ];
      if (importers.some((start) => path.startsWith(start))) return [];
      return [
        `${path} imports ${name}, which only ${importers.join(' and ')} may import. Use what it offers.`,
      ];
    }),
  );

function packageOf(specifier: string): string | undefined {
  if (specifier.startsWith('.') || specifier.startsWith('node:')) return undefined;
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/** Circles of imports; those of types count, because a reader goes round in them too. */
export const importCycles: Rule = (files) => {
  const targets = new Map(
    product(files).map((file) => [file.path, file.imports.flatMap(({ target }) => target ?? [])]),
  );
  const finished = new Set<string>();
  const cycles: string[] = [];
  const visit = (path: string, trail: readonly string[]) => {
    const at = trail.indexOf(path);
    if (at >= 0)
      cycles.push(
        `${[...trail.slice(at), path].join(' → ')} is a circle. Move what both need into a file of its own.`,
      );
    if (at >= 0 || finished.has(path)) return;
    for (const target of targets.get(path) ?? []) visit(target, [...trail, path]);
    finished.add(path);
  };
  for (const path of targets.keys()) visit(path, []);
  return cycles;
};

/** Files that are too long to be read at one go. */
export const longFiles: Rule = (files) =>
  files
    .filter((file) => !isGenerated(file))
    .flatMap((file) => {
      const limit = isTest(file) ? MAX_TEST_LINES : MAX_LINES;
      const lines = file.text.trimEnd().split('\n').length;
      return lines > limit
        ? [`${file.path} has ${lines} lines; the most is ${limit}. Split it by what its parts do.`]
        : [];
    });

/** Names that are not kebab-case, or say nothing. */
export const badNames: Rule = (files) =>
  files
    .filter((file) => !isGenerated(file))
    .flatMap(({ path }) => {
      const parts = path.split('/');
      const stem = parts.at(-1)!.replace(/(\.test)?\.ts$/, '');
      const vague = [...parts.slice(0, -1), stem].find((part) => FORBIDDEN_NAMES.has(part));
      if (vague !== undefined)
        return [`${path} is called "${vague}", which says nothing. Name it for what it does.`];
      return /^[a-z0-9]+(-[a-z0-9]+)*$/.test(stem) ? [] : [`${path} is not in kebab-case.`];
    });

/** Where the word stands as a type: after a colon, "as", "<", "," or "|", or before "[]", ">" or "|". */
const ANY_TYPE = /(?:\bas|[:<|&])\s*any\b(?!\s*[.(])|\bany\s*(?:\[\]|>)/;

/** The type `any`, which switches the type checker off. */
export const anyTypes: Rule = (files) =>
  files
    .filter((file) => !isGenerated(file))
    .flatMap(({ path, text }) =>
      withoutCommentsAndStrings(text)
        .split('\n')
        .flatMap((line, i) =>
          ANY_TYPE.test(line) ? [`${path}:${i + 1} has the type "any". Say what it is, or "unknown".`] : [],
        ),
    );

/** Comments and strings become as many empty lines, so that line numbers stay. */
function withoutCommentsAndStrings(text: string): string {
  const token = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\[\s\S])*`/g;
  return text.replace(token, (match) => '\n'.repeat(match.split('\n').length - 1));
}

/** Files that do not say what they are. */
export const missingHeaders: Rule = (files) =>
  files
    .filter((file) => !isGenerated(file) && !isTest(file))
    .filter(({ text }) => !/^(#![^\n]*\n)?\/\*\*\s*(\*\s*)?@file \S/.test(text))
    .map(({ path }) => `${path} must begin with "/** @file … */": one to four lines on what it is.`);

/** Public functions and classes without a doc comment. */
export const undocumentedExports: Rule = (files) => {
  const faces = files.filter(({ path }) => PUBLIC_FACES.includes(path));
  const sentences = faces.flatMap((face) => undocumentedIn(face, files));
  return [...new Set(sentences)];
};

function undocumentedIn(face: SourceFile, files: readonly SourceFile[]): string[] {
  return face.imports.flatMap(({ specifier, target }) => {
    const file = files.find(({ path }) => path === target);
    if (file === undefined) return [`${face.path} exports from ${specifier}, which does not exist.`];
    return namesFrom(face.text, specifier)
      .filter((name) => isUndocumented(file.text, name))
      .map(
        (name) =>
          `${target} exports "${name}" to users without a doc comment. Say in one sentence what it does, with shapes and units.`,
      );
  });
}

function namesFrom(text: string, specifier: string): string[] {
  const lists = [...text.matchAll(/export (?:type )?\{([^}]*)\} from '([^']+)'/g)];
  const names = lists.filter(([, , source]) => source === specifier).flatMap(([, list]) => list.split(','));
  return names
    .map((name) =>
      name
        .trim()
        .replace(/^type /, '')
        .replace(/ as .*$/, ''),
    )
    .filter(Boolean);
}

/** Functions and classes only: a type alias or an interface may speak through its fields. */
function isUndocumented(text: string, name: string): boolean {
  const declaration = new RegExp(
    `^export (?:abstract )?(?:async )?(?:function\\*?|class) ${name}\\b`,
    'm',
  ).exec(text);
  return declaration !== null && !text.slice(0, declaration.index).trimEnd().endsWith('*/');
}

/** What users run: without tests and without generated code. */
function product(files: readonly SourceFile[]): readonly SourceFile[] {
  return files.filter((file) => !isTest(file) && !isGenerated(file));
}
