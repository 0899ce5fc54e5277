import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parseSpaces } from './space-file-format.ts';
import { spaceJsonSchema } from './space-schema.ts';

const DOCS = join(import.meta.dirname, '../../docs');

it('docs/space.schema.json is what the schema that checks files says; npm run schema writes it', () => {
  const written = JSON.parse(readFileSync(join(DOCS, 'space.schema.json'), 'utf8'));
  expect(written).toEqual(JSON.parse(JSON.stringify(spaceJsonSchema())));
});

it('names every field that files of our own have', () => {
  const { $defs } = spaceJsonSchema() as {
    $defs: Record<string, { properties?: object; required?: string[] }>;
  };
  expect(Object.keys($defs.space.properties!)).toEqual(['prompt', 'task', 'slots', 'library', 'problem']);
  expect($defs.space.required).toEqual(['prompt', 'task', 'slots']);
  expect(Object.keys($defs.slot.properties!)).toEqual(['text', 'start', 'part', 'choices']);
  expect($defs.slot.required).toEqual(['text', 'choices']);
  expect($defs.librarySlot.required).toEqual(['theme', 'choices']);
});

it('is shipped with the package, and its page shows files that are read', () => {
  const { files } = JSON.parse(readFileSync(join(DOCS, '../package.json'), 'utf8'));
  expect(files).toEqual(expect.arrayContaining(['docs/space.schema.json', 'docs/space-format.md']));
  const page = readFileSync(join(DOCS, 'space-format.md'), 'utf8');
  const [, own] = /```json\n([\s\S]*?)```/.exec(page)!;
  expect(parseSpaces(JSON.parse(own))).toMatchObject({
    ok: true,
    spaces: [{ library: [{ theme: 'quality' }] }],
  });
  const [reference] = /^ {4}\{ "a red cat".*$/m.exec(page)!;
  expect(parseSpaces(JSON.parse(reference))).toMatchObject({
    ok: true,
    spaces: [{ task: 'improve' }, { task: 'attack' }],
  });
});
