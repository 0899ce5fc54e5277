import { describe, expect, it } from 'vitest';
import {
  syntheticAgreement,
  syntheticDefinition,
  syntheticNorms,
  syntheticRandomPrompts,
  syntheticStudies,
} from '../../../tests/experiment/synthetic-rows.ts';
import { gradientAgreementReport } from './gradient-agreement.ts';
import { gradientNormReport, quantile } from './gradient-norm.ts';
import { progressReport } from './progress.ts';
import { randomPromptsReport } from './random-prompts.ts';
import type { ChartBlock, PictureBlock, TableBlock } from './report-block.ts';

describe('randomPromptsReport()', () => {
  const TABLE_2 = syntheticDefinition('random-prompts', [
    { name: 'antonyms', kind: 'random-prompts' },
    { name: 'synonyms', kind: 'random-prompts', options: { search: 'positive' } },
  ]);
  const reportOf = (negative: number, positive: number) =>
    randomPromptsReport(TABLE_2, [
      ...syntheticRandomPrompts('antonyms', { shift: negative }),
      ...syntheticRandomPrompts('synonyms', { shift: positive, seed: 1 }),
    ]);

  it('agrees where the negative space is below the user’s prompt and below the positive space', () => {
    expect(reportOf(-0.02, 0.01).verdict.agrees).toBe(true);
    expect(reportOf(0.02, 0.01).verdict.agrees).toBe(false);
    expect(
      randomPromptsReport(TABLE_2, syntheticRandomPrompts('antonyms', { shift: -0.02 })).verdict.agrees,
    ).toBeNull();
  });

  it('gives each space its mean and its difference', () => {
    const [section] = reportOf(-0.02, 0.01).sections;
    const [antonyms, synonyms] = (section.blocks[0] as TableBlock).rows;
    expect(antonyms.slice(0, 4)).toEqual(['antonyms', 'the negative prompt', 20, 30]);
    expect(antonyms[6]).toMatchObject({ mean: expect.closeTo(-0.02, 2) });
    expect(synonyms[1]).toBe('the positive prompt');
  });
});

describe('progressReport()', () => {
  const image = 'e'.repeat(64);
  const rows = syntheticStudies({ end: 80, image });

  it('shows a strip of the paper’s stages for each of the first prompts', () => {
    const strips = progressReport(syntheticDefinition('progress'), rows).sections[0]
      .blocks[0] as PictureBlock;
    expect(strips.rows).toHaveLength(6);
    expect(strips.rows[0].pictures.map(({ caption }) => caption)).toEqual(
      [0, 10, 20, 40, 80].map((n) => `${n} evaluations`),
    );
  });

  it('has a figure of its own for each run, in any script', () => {
    const names = ['随机', '梯度'];
    const { sections } = progressReport(
      syntheticDefinition(
        'progress',
        names.map((name) => ({ name })),
      ),
      names.flatMap((run) => syntheticStudies({ run, image })),
    );
    const figures = sections[0].blocks.map((block) => 'name' in block && block.name);
    expect(figures).toEqual(['progress-run-1', 'progress-run-2']);
  });

  it('leaves out stages that no search reached', () => {
    const short = syntheticStudies({ end: 20, image });
    const strips = progressReport(syntheticDefinition('progress'), short).sections[0]
      .blocks[0] as PictureBlock;
    expect(strips.rows[0].pictures).toHaveLength(3);
  });

  it('says of a search whose own pictures are not exact that its losses are of others', () => {
    const notesOf = (studies: typeof rows) =>
      progressReport(syntheticDefinition('progress'), studies)
        .sections.flatMap(({ blocks }) => blocks)
        .map((block) => ('note' in block && block.note) || '');
    expect(notesOf(rows).some((text) => text.includes('not exact'))).toBe(false);
    const [strip, ...others] = notesOf(rows.map((row) => ({ ...row, confirmed: 3 })));
    expect(strip).not.toContain('as the search sees it');
    for (const text of [strip, ...others]) expect(text).toContain('not exact (hybrid)');
  });

  it('agrees where most prompts gain early and the rest comes later; not where few gain', () => {
    expect(progressReport(syntheticDefinition('progress'), rows).verdict.agrees).toBe(true);
    const still = rows.map((row, i) => (i < 2 ? row : { ...row, course: [] }));
    expect(progressReport(syntheticDefinition('progress'), still).verdict).toMatchObject({ agrees: false });
  });

  it('does not agree where few prompts go on getting better, whatever the mean says', () => {
    const reached = (promptIndex: number) => (promptIndex < 8 ? 0.2 : 0.3);
    const late = rows.map((row) => ({
      ...row,
      course: [
        { spent: 1, unetCalls: 1, bestLoss: 0.3 },
        { spent: 80, unetCalls: 80, bestLoss: reached(row.promptIndex) },
      ],
    }));
    const [, of20] = progressReport(syntheticDefinition('progress'), late).verdict.clauses;
    expect(of20.measured).toContain('share of prompts 40 %');
    expect(of20.state).toBe('open');
    const few = late.map((row) => (row.promptIndex < 2 ? row : { ...row, course: row.course.slice(0, 1) }));
    const [, clause] = progressReport(syntheticDefinition('progress'), few).verdict.clauses;
    expect(clause).toMatchObject({
      claim: 'on most prompts it goes on getting better until 80 evaluations',
      state: 'contradicted',
    });
  });
});

describe('gradientNormReport()', () => {
  const FIGURE_9 = syntheticDefinition('gradient-norm', [{ name: 'improve', kind: 'gradient-norm' }]);

  it('agrees where the middle third is the largest, and not where the norm only falls', () => {
    expect(gradientNormReport(FIGURE_9, syntheticNorms('improve')).verdict.agrees).toBe(true);
    const falling = syntheticNorms('improve').map((row) => ({
      ...row,
      norm: 1 / (1 + row.stepIndex) + row.norm / 1000,
    }));
    expect(gradientNormReport(FIGURE_9, falling).verdict.agrees).toBe(false);
  });

  it('draws every timestep with its quartiles, and skips what is no number', () => {
    const rows = syntheticNorms('improve').map((row, i) =>
      i === 0 ? { ...row, norm: null as unknown as number } : row,
    );
    const [{ points }] = (gradientNormReport(FIGURE_9, rows).sections[0].blocks[0] as ChartBlock).series;
    expect(points).toHaveLength(20);
    expect(points.every(({ y, low, high }) => low! <= y && y <= high!)).toBe(true);
  });

  it('takes quantiles between neighbours', () => {
    expect([0, 0.25, 0.5, 1].map((share) => quantile([0, 1, 2, 4], share))).toEqual([0, 0.75, 1.5, 4]);
  });
});

describe('gradientAgreementReport()', () => {
  const definition = syntheticDefinition('gradient-agreement');

  it('has a line for each K with its cosine and cost, the full gradient named so', () => {
    const { sections, verdict } = gradientAgreementReport(definition, syntheticAgreement());
    const { rows } = sections[0].blocks[0] as TableBlock;
    expect(rows.map(([name]) => name)).toEqual(['K = 1', 'K = 2', 'K = 4', 'K = T = 20']);
    expect(rows[0][5]).toMatchObject({ mean: expect.closeTo(70 / 830, 10) });
    expect(verdict.agrees).toBe(true);
  });

  it('does not agree where one step points elsewhere', () => {
    const rows = syntheticAgreement().map((row) => ({ ...row, cosine: -row.cosine }));
    expect(gradientAgreementReport(definition, rows).verdict.agrees).toBe(false);
  });
});
