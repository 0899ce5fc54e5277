import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import * as synthetic from '../../../tests/experiment/synthetic-rows.ts';
import { plainPicture } from '../../../tests/study/synthetic-study.ts';
import { encodePng } from '../../study/png-image.ts';
import { svgPng } from '../../study/svg-png.ts';
import type { ExperimentRow } from '../experiment-row.ts';
import { type ExperimentReportInput, experimentReport } from './experiment-report.ts';
import { REPORT_KINDS } from './report-kind.ts';

const IMAGE = 'a'.repeat(64);
const PNG = encodePng(plainPicture(8, [1, 0, 0]));

const ROWS = {
  comparison: synthetic.syntheticStudies({ image: IMAGE }),
  'random-prompts': synthetic.syntheticRandomPrompts('hybrid'),
  progress: synthetic.syntheticStudies({ image: IMAGE, end: 80 }),
  budget: synthetic.syntheticStudies(),
  'gradient-norm': synthetic.syntheticNorms('hybrid'),
  'gradient-agreement': synthetic.syntheticAgreement(),
};

function reportOf(given: Partial<ExperimentReportInput> = {}) {
  return experimentReport({
    definition: synthetic.syntheticDefinition('comparison'),
    rows: ROWS.comparison,
    machine: { processor: 'A processor', cores: 2, memory: 8 * 2 ** 30, system: 'linux x64' },
    command: 'dpo-diff experiment table-1',
    seconds: 100,
    counts: { waiting: 0, failed: 0 },
    readImage: (hash) => (hash === IMAGE ? PNG : undefined),
    ...given,
  });
}

const VOID = new Set(['meta', 'img']);

/** Fails unless every element that opens is closed in order and every attribute is quoted. */
function expectWellFormed(html: string): void {
  const open: string[] = [];
  const body = html.replace(/<!doctype html>/, '').replace(/<style>[^<]*<\/style>/g, '');
  for (const [, closing, name, attributes, selfClosing] of body.matchAll(
    /<(\/?)([a-z][a-z0-9]*)((?:\s[^<>]*?)?)(\/?)>/gi,
  )) {
    if (closing) expect(open.pop()).toBe(name);
    else if (!selfClosing && !VOID.has(name)) open.push(name);
    expect(attributes.replace(/\s[\w:-]+(="[^"<>]*")?/g, '')).toBe('');
  }
  expect(open).toEqual([]);
  expect(body.replace(/<\/?[a-z][^<>]*>/gi, '')).not.toMatch(/[<>]/);
}

describe.each(REPORT_KINDS)('experimentReport() of %s', (kind) => {
  const definition = synthetic.syntheticDefinition(kind);

  it('is well-formed, needs nothing from elsewhere and prints no number that is none', () => {
    const { html, markdown, charts } = reportOf({ definition, rows: ROWS[kind] });
    expectWellFormed(html);
    for (const svg of charts.values()) expectWellFormed(svg);
    const drawn = [...charts.values()].join('').replaceAll('http://www.w3.org/2000/svg', '');
    expect(html + drawn).not.toMatch(/<script|https?:|<link|@import|url\(/);
    expect(html + markdown + drawn).not.toMatch(/NaN|Infinity|undefined|\[object/);
  });

  it('says that nothing was measured where there are no rows', () => {
    const { html, markdown, csv, verdict } = reportOf({
      definition,
      rows: [],
      counts: { waiting: 5, failed: 0 },
    });
    expect(verdict.agrees).toBeNull();
    expect(html).toContain('not complete: of 5 jobs, 0 are done, 5 not done yet');
    expect(markdown).toContain('not complete');
    expect(csv.get('jobs.csv')).toBe('\r\n');
    expectWellFormed(html);
  });

  it('makes do with one row, and with measurements that were no numbers', () => {
    const broken = ROWS[kind]
      .slice(0, 1)
      .map(
        (row) =>
          JSON.parse(JSON.stringify(row), (_, value) =>
            typeof value === 'number' && value > 0 && value < 1 ? null : value,
          ) as ExperimentRow,
      );
    for (const rows of [ROWS[kind].slice(0, 1), broken]) {
      const { html, markdown } = reportOf({ definition, rows });
      expect(html + markdown).not.toMatch(/NaN|Infinity|undefined/);
      expectWellFormed(html);
    }
  });

  it('has a CSV line for each job and one file for each table', () => {
    const { csv, markdown } = reportOf({ definition, rows: ROWS[kind] });
    expect(csv.get('jobs.csv')!.trimEnd().split('\r\n')).toHaveLength(ROWS[kind].length + 1);
    expect(csv.size).toBeGreaterThan(1);
    expect(markdown.match(/^\| ---/gm)!.length).toBeGreaterThanOrEqual(csv.size);
  });
});

describe('experimentReport()', () => {
  it('escapes prompts in every form', () => {
    const evil = '<script>alert("x")</script> | a, "b"';
    const rows = ROWS.comparison.map((row) => ({ ...row, prompt: evil, run: 'a|b<i>' }));
    const definition = synthetic.syntheticDefinition('comparison', [{ name: 'a|b<i>' }], { title: evil });
    const { html, markdown, csv, charts } = reportOf({ definition, rows });
    expect(html + markdown + [...charts.values()].join('')).not.toMatch(/<script>|<i>/);
    expectWellFormed(html);
    expect(markdown).toContain('a\\|b&lt;i&gt;');
    expect(csv.get('jobs.csv')).toContain('"<script>alert(""x"")</script> | a, ""b"""');
  });

  it('shows the published table only where the experiment is the paper’s', () => {
    expect(reportOf().html).toContain('0.81 ± 0.03');
    const { paper: _, ...ours } = synthetic.syntheticDefinition('comparison');
    const { html, verdict } = reportOf({ definition: ours });
    expect(html).not.toContain('0.81 ± 0.03');
    expect(verdict).toMatchObject({
      agrees: null,
      sentence: 'The paper has no such experiment. Statements: 2 held.',
    });
  });

  it('keeps pictures inside, each as long as there is room', () => {
    expect(reportOf().html).toContain('src="data:image/png;base64,');
    const large = new Uint8Array(4_000_000);
    const rows = synthetic
      .syntheticStudies({ image: IMAGE })
      .map((row, i) => (i === 0 ? row : { ...row, original: { ...row.original, images: ['b', 'c'] } }));
    const { html } = reportOf({ rows, readImage: () => large });
    expect(html).toContain('left out for its size');
    expect(html.length).toBeLessThan(10_000_000);
    expect(reportOf({ readImage: () => undefined }).html).toContain('not kept');
  });

  it('draws pictures into its figures, small copies of large ones too', async () => {
    const definition = synthetic.syntheticDefinition('progress');
    const jpeg = new Uint8Array(await sharp(PNG).resize(300).jpeg().toBuffer());
    for (const file of [PNG, jpeg]) {
      const { charts } = reportOf({ definition, rows: ROWS.progress, readImage: () => file });
      const png = await svgPng(charts.get('synthetic-progress-progress-hybrid.svg')!);
      const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
      const at = info.channels * (100 * info.width + 60);
      expect(data[at]).toBeGreaterThan(240);
      expect(data[at + 1]).toBeLessThan(20);
    }
  });

  it('draws figures that the renderer takes', async () => {
    const { charts } = reportOf({
      definition: synthetic.syntheticDefinition('progress'),
      rows: ROWS.progress,
    });
    expect([...charts.keys()]).toEqual([
      'synthetic-progress-progress-hybrid.svg',
      'synthetic-progress-mean-course.svg',
    ]);
    for (const svg of charts.values()) expect((await svgPng(svg)).length).toBeGreaterThan(2000);
  });

  it('names the command, the machine, the time and what is missing', () => {
    const { html, markdown } = reportOf({ counts: { waiting: 3, failed: 1 } });
    for (const text of [
      'dpo-diff experiment table-1',
      'A processor, 2 cores, 8 GiB, linux x64',
      '100.0 s',
      'of 24 jobs, 20 are done, 3 not done yet, 1 failed',
    ]) {
      expect(html).toContain(text);
      expect(markdown).toContain(text);
    }
  });

  it('is the same for the same rows', () => {
    expect(reportOf()).toEqual(reportOf());
  });
});
