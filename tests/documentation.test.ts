/** @file Holds the documents to the code: options and defaults that are there, links that lead somewhere, an example that runs. */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { kebabCase } from '../src/cli/option-spec.ts';
import { COMMAND_OPTIONS, OPTIONS } from '../src/cli/shared-options.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const readme = read('README.md');
const documents = [
  ...readdirSync(ROOT).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];

/** Options of the command line itself. */
const OTHER_OPTIONS = ['--help', '--config', '--kills'];

describe.each(documents)('%s', (path) => {
  it('links to files that are there', () => {
    const targets = [...read(path).matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, target]) => target);
    const missing = targets
      .filter((target) => !target.startsWith('http'))
      .filter((target) => !existsSync(join(ROOT, dirname(path), target)));
    expect(missing).toEqual([]);
  });

  it('has no figure left open', () => {
    expect(read(path).match(/TBD[\w-]*/g)).toBeNull();
  });

  it('names scripts that package.json has', () => {
    const { scripts } = JSON.parse(read('package.json'));
    const named = [...read(path).matchAll(/npm run ([a-z:-]+)/g)].map(([, script]) => script);
    expect(named.filter((script) => !Object.hasOwn(scripts, script))).toEqual([]);
  });

  it('names files of the source that are there', () => {
    const named = [...read(path).matchAll(/`((?:src|tests|examples|pocket|bench)\/[\w./-]*)`/g)];
    expect(named.map(([, file]) => file).filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
  });
});

describe('README.md', () => {
  it('names options that there are', () => {
    const known = [...Object.keys(OPTIONS).map((name) => `--${kebabCase(name)}`), ...OTHER_OPTIONS];
    const named = [...readme.matchAll(/(?<![\w-])--[a-z][a-z-]*/g)].map(([option]) => option);
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((option) => !known.includes(option))).toEqual([]);
  });

  it('states the defaults that the commands state', () => {
    const rows = [...readme.matchAll(/^\| `--([a-z-]+)(?: \w+)?` \| `([^`]+)` \|/gm)];
    const expected = new Map<string, string | undefined>(
      Object.entries(OPTIONS).map(([name, option]) => [
        kebabCase(name),
        'default' in option ? option.default : undefined,
      ]),
    );
    expect(rows.length).toBeGreaterThan(5);
    for (const [, name, stated] of rows) expect([name, stated]).toEqual([name, expected.get(name)]);
  });

  it('has an example of every command', () => {
    for (const command of Object.keys(COMMAND_OPTIONS)) expect(readme).toContain(`npx dpo-diff ${command} `);
  });

  it('has an example of the library that runs', async () => {
    const output = await outputOfExample(readme, (example) =>
      example.replace(/steps: \d+, budget: \d+/, 'steps: 4, budget: 3'),
    );
    expect(output).toMatch(/^0\.\d+ $/m);
    expect(output).toMatch(/(Repairs this picture|No negative prompt made)/);
  });
});

describe('docs/design/autodiff.md', () => {
  it('has an example of the library that runs', async () => {
    const output = await outputOfExample(read('docs/design/autodiff.md'));
    expect(output).toMatch(/^%0 = input "x" : float32\[2,3\]$/m);
    expect(output).toMatch(/\b2, 4, 6,\s+8, 10, 12\b/);
  });
});

/** What the first TypeScript example of `document` prints, in a folder of its own. */
async function outputOfExample(document: string, change = (example: string) => example): Promise<string> {
  const [, example] = /```ts\n([\s\S]*?)```/.exec(document)!;
  const folder = mkdtempSync(join(tmpdir(), 'dpo-diff-example-'));
  try {
    const file = join(folder, 'example.ts');
    const source = pathToFileURL(join(ROOT, 'src/index.ts')).href;
    writeFileSync(join(folder, 'package.json'), '{"type": "module"}');
    writeFileSync(file, change(example.replace("'dpo-diff'", `'${source}'`)));
    const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', loader, file], {
      cwd: folder,
    });
    return stdout;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
