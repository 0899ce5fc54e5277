/** @file Scorers as the command line has them: several with weights, one held out, OpenCLIP's file, and what is refused. */
import { readFileSync } from 'node:fs';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { writeSafetensors } from '../../src/checkpoint/safetensors.ts';
import { encodePng } from '../../src/study/png-image.ts';
import { TorchGenerator } from '../../src/tensor/torch-noise.ts';
import { inOpenClip } from '../models/in-open-clip.ts';
import { openSd1Fixture } from '../models/sd1-fixture.ts';
import { runDpoDiff } from './command-line-process.ts';

const cwd = await mkdtemp(join(tmpdir(), 'dpo-diff-scorers-'));
afterAll(() => rm(cwd, { recursive: true, force: true }));

const dpoDiff = (...args: string[]) => runDpoDiff(args, { cwd });
const fixture = (name: string) => join(import.meta.dirname, '../fixtures', name);
const SD1 = ['--model', fixture('sd1')];
const PROMPT = 'a red cat and a blue car';

const noise = new TorchGenerator(1).randn([3, 40, 32]);
await writeFile(
  join(cwd, 'a.png'),
  encodePng({ ...noise, data: noise.data.map((value) => Math.min(1, Math.abs(value))) }),
);

test('score prints what each scorer says, and the sum', async () => {
  const scorers = ['--scorer', fixture('sd1/scorer'), '--scorer', `${fixture('sd2/scorer')}:0.5`];
  const { code, stdout, stderr } = await dpoDiff('score', 'a.png', 'a red car', ...SD1, ...scorers, '--json');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const { loss, scorers: parts, cosineSimilarity } = JSON.parse(stdout);
  expect(parts).toMatchObject([
    { scorer: 'sd1/scorer', weight: 1 },
    { scorer: 'sd2/scorer', weight: 0.5 },
  ]);
  expect(parts[0].loss + 0.5 * parts[1].loss).toBeCloseTo(loss, 8);
  expect(cosineSimilarity).toBeUndefined();
  const text = (await dpoDiff('score', 'a.png', 'a red car', ...SD1, ...scorers, '--loss', 'cosine')).stdout;
  expect(text).toMatch(/^sd1\/scorer, cosine loss +\d\.\d{4} +\(lower is better\)$/m);
  expect(text).toMatch(/^sd2\/scorer, cosine similarity +-?\d\.\d{4}/m);
  expect(text).toMatch(/^total +\d\.\d{4} +\(sd1\/scorer \+ 0\.5 × sd2\/scorer\)$/m);
});

test("OpenCLIP's file scores as the same model in Hugging Face's layout does", async () => {
  const file = join(cwd, 'open:1.safetensors');
  await writeSafetensors(file, await inOpenClip((await openSd1Fixture()).scorer.weights));
  const config = { model_cfg: { quick_gelu: true, text_cfg: { heads: 2 } } };
  await writeFile(join(cwd, 'open_clip_config.json'), JSON.stringify(config));
  const lossOf = async (scorer: string) =>
    JSON.parse((await dpoDiff('score', 'a.png', 'a red car', ...SD1, '--scorer', scorer, '--json')).stdout)
      .loss;
  expect(await lossOf(file)).toBeCloseTo(await lossOf(fixture('sd1/scorer')), 5);
  expect((await dpoDiff('inspect', file)).stdout).toMatch(
    /can be run +as a scorer: .*\n(.*\n)+.*OpenCLIP, quick_gelu/,
  );
});

test('improve measures a held-out scorer and leaves its losses everywhere', async () => {
  const pocket = join(import.meta.dirname, '../../pocket/model/scorer');
  await cp(pocket, join(cwd, 'judge'), { recursive: true });
  const quick = [
    '--steps',
    '4',
    '--budget',
    '4',
    '--seeds',
    '0',
    '--held-out-seeds',
    '1,2',
    '--method',
    'random',
  ];
  const args = [
    ...quick,
    '--scorer',
    `${pocket}:2`,
    '--loss',
    'cosine',
    '--held-out-scorer',
    'judge',
    '--out',
    'run',
  ];
  const { code, stdout } = await dpoDiff('improve', PROMPT, ...args);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^held-out scorer judge, searched seeds +\d\.\d{3} +\d\.\d{3}$/m);
  expect(stdout).toMatch(/(The held-out scorer judge agrees|No negative prompt made)/);
  expect(stdout).toContain(`--scorer ${pocket}:2`);
  const result = JSON.parse(readFileSync(join(cwd, 'run/result.json'), 'utf8'));
  expect(result).toMatchObject({
    scorer: '2 × scorer',
    clipLoss: 'cosine',
    heldOutScorer: { name: 'judge' },
  });
  // The same CLIP without the weight.
  for (const which of ['original', 'best']) {
    expect(2 * result[which].heldOutScorer.loss).toBeCloseTo(result[which].loss, 6);
    expect(2 * result[which].heldOutScorer.heldOutLoss).toBeCloseTo(result[which].heldOutLoss, 6);
  }
  const report = readFileSync(join(cwd, 'run/report.html'), 'utf8');
  expect(report).toContain('Held-out scorer judge');
  expect(report).toContain('2 × scorer, cosine loss');
  expect(report.replace(/<[^>]*>/g, '')).toContain(
    `--scorer ${pocket}:2 --loss cosine --held-out-scorer judge`,
  );
});

test.each([
  [['--scorer', 'nowhere'], 'nowhere cannot be used: there is no such file'],
  [['--scorer', 'a.png'], 'a.png is no model'],
  [
    ['--scorer', `${fixture('sd1/scorer')}:0`],
    'The weight of the scorer scorer must be a number above 0, got 0.',
  ],
  [['--scorer', fixture('sd1/scorer'), '--scorer', `${fixture('sd1/scorer')}:2`], 'is given twice'],
  [['--loss', 'l2'], '--loss must be one of spherical, cosine, but it is "l2".'],
])('score refuses %j', async (args, message) => {
  const { code, stdout, stderr } = await dpoDiff('score', 'a.png', 'a red car', ...SD1, ...args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(message);
});

test('improve refuses a held-out scorer that the search follows', async () => {
  const scorer = join(import.meta.dirname, '../../pocket/model/scorer');
  const { code, stderr } = await dpoDiff('improve', PROMPT, '--held-out-scorer', scorer, '--out', 'none');
  expect(code).toBe(2);
  expect(stderr).toContain('is also one that the search follows');
});
