import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { EXPERIMENT_OPTION_RULES } from '../cli/experiment-option-rules.ts';
import { DpoError } from '../errors.ts';
import { furtherSeed } from './further-seeds.ts';
import { parseExperiment, readExperiment } from './read-experiment.ts';

const dir = await mkdtemp(join(tmpdir(), 'dpo-diff-experiment-'));
afterAll(() => rm(dir, { recursive: true, force: true }));

const HEAD = `title: A table
found: Something.
report: comparison
prompts: { from: world, count: 3, seed: 1 }
`;

const parse = (text: string, options: object = {}) =>
  parseExperiment(text, join(dir, 'table.yaml'), { rules: EXPERIMENT_OPTION_RULES, ...options });

function complaint(text: string): string {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof DpoError && error.code === 'INVALID_OPTION') return error.message.replace(dir, '');
    throw error;
  }
  return 'none';
}

describe('parseExperiment()', () => {
  test('reads runs and what stands in place of defaults', () => {
    const definition = parse(`${HEAD}
options: { steps: 20, held-out-seeds: [100, 101], generations: unlimited }
runs:
  - name: search
    options: { method: hybrid, gradientSteps: 2 }
  - name: control
    kind: random-prompts
    parameters: { draws: 3 }
`);
    expect(definition).toEqual({
      name: 'table',
      title: 'A table',
      found: 'Something.',
      report: 'comparison',
      prompts: { from: 'world', count: 3, seed: 1 },
      searchSeeds: [0],
      options: { steps: 20, heldOutSeeds: [100, 101], generations: 'unlimited' },
      runs: [
        {
          name: 'search',
          kind: 'study',
          task: 'improve',
          options: { method: 'hybrid', gradientSteps: 2 },
          parameters: {},
        },
        { name: 'control', kind: 'random-prompts', task: 'improve', options: {}, parameters: { draws: 3 } },
      ],
    });
    expect(JSON.parse(JSON.stringify(definition))).toEqual(definition);
  });

  test('expands a matrix, and names its runs by what differs', () => {
    const { runs } = parse(`${HEAD}
matrix:
  method: [random, hybrid]
  space: [antonym, antonym+library]
  budget: [8]
  task: [improve]
`);
    expect(runs.map(({ name, options }) => [name, options])).toEqual([
      ['random, antonym', { method: 'random', space: 'antonym', budget: 8 }],
      ['random, antonym+library', { method: 'random', space: 'antonym+library', budget: 8 }],
      ['hybrid, antonym', { method: 'hybrid', space: 'antonym', budget: 8 }],
      ['hybrid, antonym+library', { method: 'hybrid', space: 'antonym+library', budget: 8 }],
    ]);
  });

  test('takes the command line over the options of all runs, not over what a run says', () => {
    const { name, options, runs } = parse(
      `${HEAD}options: { steps: 20, budget: 40 }\nruns: [{ name: a, options: { budget: 8 } }]`,
      { options: { steps: 50, budget: 10, generations: Number.POSITIVE_INFINITY }, name: 'mine' },
    );
    expect({ name, options }).toEqual({
      name: 'mine',
      options: { steps: 50, budget: 10, generations: 'unlimited' },
    });
    expect(runs[0].options).toEqual({ budget: 8 });
  });

  test('takes the largest search seed whose pictures have seeds', () => {
    const text = `${HEAD}search-seeds: [42948]\nruns: [{ name: a, kind: best-of-seeds }, { name: b }]`;
    expect(complaint(text)).toBe('none');
    expect(furtherSeed(42948, 39)).toBeLessThan(2 ** 32);
    expect(complaint(`${HEAD}search-seeds: [4294967295]\nruns: [{ name: b }]`)).toBe('none');
  });

  test('begins paths at the folder of the file, and leaves names alone', async () => {
    await writeFile(join(dir, 'words.json'), '{}');
    const { prompts, options, runs } = parse(`
title: A table
found: Something.
report: comparison
prompts: { from: coco, path: captions.json, count: 5 }
options: { model: ./model, scorer: [openai/clip-vit-large-patch14] }
runs: [{ name: a, options: { space: words.json } }, { name: b, options: { space: antonym } }]
`);
    expect(prompts).toEqual({ from: 'coco', path: join(dir, 'captions.json'), count: 5 });
    expect(options).toEqual({ model: join(dir, 'model'), scorer: ['openai/clip-vit-large-patch14'] });
    expect(runs.map((run) => run.options.space)).toEqual([join(dir, 'words.json'), 'antonym']);
  });

  test.each(['title', 'found', 'report', 'prompts'])('asks for %s, as its page says', (key) => {
    const text = `${HEAD}runs: [{ name: a }]`;
    expect(complaint(text.replace(new RegExp(`^${key}: .*\n`, 'm'), ''))).toContain(`"${key}" is missing`);
  });

  test.each([
    ['title: [1', 'line 1, is not YAML'],
    ['title: &a [*a]', 'it holds itself'],
    ['['.repeat(9000), 'it holds itself, or is nested too deeply'],
    ['title: a\n---\ntitle: b', 'line 2, is not YAML: it goes on after a line "---"'],
    ['title: *b', 'is not YAML: Unresolved alias'],
    [
      `a: &a [x, x, x, x]\nb: &b [*a, *a, *a, *a]\nc: &c [*b, *b, *b, *b]\nd: &d [*c, *c, *c, *c]\ne: [*d, *d]`,
      'is not YAML: its aliases (*name) stand for too many values.',
    ],
    [
      `${HEAD}runs: [{ name: a }]\nserch-seeds: [1]`,
      'line 6: "serchSeeds" means nothing here. Did you mean "searchSeeds"?',
    ],
    [
      `${HEAD}runs:\n  - name: a\n    options:\n      stpes: 3`,
      'line 8, has "stpes", which is no option. Did you mean "steps"?',
    ],
    [
      `${HEAD}runs:\n  - name: a\n    options: { budget: many }`,
      'line 7, has "budget": "many", but it must be a number',
    ],
    [`${HEAD}matrix: { method: [hybrd] }`, 'Did you mean "hybrid"?'],
    [`${HEAD}matrix:\n  kind: [studie]`, 'line 6: "kind" must be one of study, random-prompts'],
    [HEAD, '"runs" is missing'],
    [
      `${HEAD}search-seeds: [0, 42949]\nruns: [{ name: a, kind: best-of-seeds }]`,
      'line 5: the run "a" takes 40 seeds from a range that the search seed decides, and those of 42949 are beyond 2^32 − 1. Give search seeds of at most 42948.',
    ],
    [`${HEAD}matrix: {}`, 'line 5: "matrix" must be at least one option with its values, but it is {}'],
    [`${HEAD}runs: []`, 'line 5: "runs" must be a list of at least one run, but it is []'],
    [`${HEAD}runs: [{ name: a }, { name: a }]`, 'two runs are called "a"'],
    [
      `${HEAD}runs:\n  - name: a\n    options: { model: x }`,
      'line 7: "model" stands in a run, but all runs share one model',
    ],
    [`${HEAD}options: { search-seed: 3 }\nruns: [{ name: a }]`, 'Give "search-seeds", a list'],
    [`${HEAD}options: { jobs: 3 }\nruns: [{ name: a }]`, '"jobs" cannot stand here'],
    [
      `${HEAD}runs:\n  - name: a\n    kind: random-prompts\n    parameters: { draws: none }`,
      'line 8: "draws" must be a whole number of at least 1, but it is "none"',
    ],
    [
      `${HEAD}runs:\n  - name: a\n    kind: gradient-norm\n    parameters: { stepIndex: [1] }`,
      'Did you mean "stepIndexes"?',
    ],
    [`${HEAD}hard: { count: 3 }\nruns: [{ name: a }]`, '"hard" must say what a hard prompt is'],
    [`${HEAD}options: { heldOutSeeds: [1], held-out-seeds: [2] }\nruns: [{ name: a }]`, 'in both spellings'],
    ['just text', 'it must hold an object with title'],
    [
      `title: x\nfound: y\nreport: budget\nprompts: { from: cocoo }\nruns: [{ name: a }]`,
      'line 4: "from" must be one of world, list, file, coco, diffusiondb, llm, but it is "cocoo"',
    ],
    [
      `title: x\nfound: y\nreport: budget\nprompts: [a red cat]\nruns: [{ name: a }]`,
      'line 4: "prompts" must be an object whose "from" is one of world, list, file',
    ],
  ])('refuses %j with its line', (text, message) => {
    expect(complaint(text)).toContain(message);
    expect(complaint(text)).toContain('/table.yaml, line ');
  });

  test('refuses to hold out seeds by which hard prompts were chosen, also where they are the default', () => {
    const hard = 'hard: { count: 2, loss-above: 0.5, seeds: [3, 100] }\nruns: [{ name: a }]\n';
    expect(complaint(`${HEAD}${hard}`)).toContain('the run "a" cannot hold out 3:');
    expect(complaint(`${HEAD}options: { held-out-seeds: [99, 100] }\n${hard}`)).toContain(
      'cannot hold out 100:',
    );
    expect(complaint(`${HEAD}options: { held-out-seeds: [99] }\n${hard}`)).toBe('none');
  });

  test('meets any text with a definition or a sentence', () => {
    const line = fc.oneof(
      fc.constantFrom(
        'title: x',
        'found: y',
        'report: budget',
        'runs:',
        '  - name: a',
        'matrix: {}',
        'hard: 3',
      ),
      fc.constantFrom(
        'prompts: {from: list, prompts: [a cat]}',
        'options: {steps: [1]}',
        '&a [*a]',
        '? x',
        '- 1',
      ),
      fc.string({ maxLength: 20 }),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
        expect(typeof complaint(lines.join('\n'))).toBe('string');
      }),
      { numRuns: 300 },
    );
  });
});

describe('readExperiment()', () => {
  test('says when there is no such file', async () => {
    const reading = readExperiment(join(dir, 'nowhere.yaml'), { rules: EXPERIMENT_OPTION_RULES });
    await expect(reading).rejects.toMatchObject({ code: 'FILE_ACCESS' });
  });
});
