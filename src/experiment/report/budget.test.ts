import { describe, expect, it } from 'vitest';
import {
  syntheticBestOfSeeds,
  syntheticDefinition,
  syntheticStudies,
} from '../../../tests/experiment/synthetic-rows.ts';
import type { BestOfSeedsRow, StudyRow } from '../experiment-row.ts';
import { budgetReport } from './budget.ts';
import type { ChartBlock, TableBlock } from './report-block.ts';
import { bestLossAt } from './search-course.ts';

const METHODS = ['random', 'evolution', 'gradient', 'hybrid'];
const FIGURE_6 = syntheticDefinition(
  'budget',
  METHODS.map((method) => ({ name: method, options: { method } })),
);

function rowsOf(gains: Readonly<Record<string, number>>, early: Readonly<Record<string, number>>) {
  return METHODS.flatMap((run, seed) =>
    syntheticStudies({
      run,
      gain: gains[run],
      early: early[run],
      seed,
      end: 80,
      prompts: 12,
      searchSeeds: [0, 1],
    }),
  );
}

const AS_PUBLISHED = rowsOf(
  { random: 0.02, evolution: 0.05, gradient: 0.04, hybrid: 0.08 },
  { random: 0.5, evolution: 0.2, gradient: 0.95, hybrid: 0.7 },
);

function chartOf(sections: ReturnType<typeof budgetReport>['sections'], name: string): ChartBlock {
  return sections
    .flatMap(({ blocks }) => blocks)
    .find((block) => block.kind === 'chart' && block.name === name) as ChartBlock;
}

describe('budgetReport()', () => {
  it('agrees with Figure 6 where every statement holds', () => {
    const { verdict } = budgetReport(FIGURE_6, AS_PUBLISHED);
    expect(verdict.clauses.map(({ state }) => state)).toEqual(Array(5).fill('holds'));
    expect(verdict.agrees).toBe(true);
  });

  it('does not agree where evolution leads early', () => {
    const rows = rowsOf(
      { random: 0.02, evolution: 0.05, gradient: 0.04, hybrid: 0.08 },
      { random: 0.5, evolution: 0.95, gradient: 0.2, hybrid: 0.7 },
    );
    const { verdict } = budgetReport(FIGURE_6, rows);
    expect(verdict.agrees).toBe(false);
    expect(verdict.clauses[0].state).toBe('contradicted');
  });

  it('is undecided where the methods are not told apart, and where one is missing', () => {
    const rows = METHODS.flatMap((run) => syntheticStudies({ run, end: 80 }));
    expect(budgetReport(FIGURE_6, rows).verdict).toMatchObject({
      agrees: null,
      sentence: expect.stringContaining('not told apart'),
    });
    const without = AS_PUBLISHED.filter(({ run }) => run !== 'gradient');
    const { agrees, clauses } = budgetReport(FIGURE_6, without).verdict;
    expect(agrees).toBeNull();
    expect(clauses.filter(({ state }) => state === 'unmeasured')).toHaveLength(3);
  });

  it('draws a curve for each run that begins at the original and ends at the best, a band around it', () => {
    const { series } = chartOf(budgetReport(FIGURE_6, AS_PUBLISHED).sections, 'loss-by-evaluations');
    expect(series.map(({ name }) => name)).toEqual(METHODS);
    const rows = AS_PUBLISHED.filter(({ run }) => run === 'hybrid');
    const mean = (spent: number) =>
      rows.reduce((sum, row) => sum + bestLossAt(row, 'spent', spent)!, 0) / rows.length;
    const [first, last] = [series[3].points[0], series[3].points.at(-1)!];
    expect([first.x, last.x]).toEqual([0, 80]);
    expect(first.y).toBeCloseTo(mean(0), 10);
    expect(last.y).toBeCloseTo(mean(80), 10);
    expect(last.low!).toBeLessThan(last.y);
    expect(last.high!).toBeGreaterThan(last.y);
  });

  it('draws the best of many seeds against UNet calls', () => {
    const seeds = syntheticBestOfSeeds('seeds', 5, 30);
    const { sections } = budgetReport(
      syntheticDefinition('budget', [{ name: 'seeds', kind: 'best-of-seeds' }]),
      seeds,
    );
    const [{ points }] = chartOf(sections, 'loss-by-unet-calls').series;
    expect([points[0].x, points.at(-1)!.x]).toEqual([20, 600]);
    const mean = seeds.reduce((sum, { bestLosses }) => sum + bestLosses[29], 0) / seeds.length;
    expect(points.at(-1)!.y).toBeCloseTo(mean, 10);
  });

  describe('with runs of other seeds', () => {
    const clausesOf = (
      task: 'improve' | 'attack',
      found: readonly StudyRow[],
      drawn: readonly BestOfSeedsRow[],
    ) =>
      budgetReport(
        syntheticDefinition('budget', [
          { name: 'search', task },
          { name: 'seeds', kind: 'best-of-seeds', task },
        ]),
        [...found, ...drawn],
      ).verdict.clauses;
    const searchesWith = (losses: readonly number[], task: 'improve' | 'attack' = 'improve') =>
      syntheticStudies({ run: 'search', prompts: 8, task }).map((row) => ({
        ...row,
        best: { ...row.best, losses },
      }));
    const drawnWith = (lossOf: (promptIndex: number) => number | null) =>
      syntheticBestOfSeeds('seeds', 8, 30).map((row) => ({
        ...row,
        best: { ...row.best, loss: lossOf(row.promptIndex) as number },
      }));

    it('asks whether a search finds a better picture than as many calls for other seeds', () => {
      const found = syntheticStudies({ run: 'search', prompts: 8 });
      expect(
        clausesOf(
          'improve',
          found,
          drawnWith(() => 0.01),
        ),
      ).toMatchObject([{ claim: 'search finds a better picture than seeds', state: 'contradicted' }]);
    });

    it('asks of an attack for a higher loss, of its highest picture', () => {
      const drawn = drawnWith((i) => 0.8 + i * 1e-4);
      expect(clausesOf('attack', searchesWith([0.1, 0.9], 'attack'), drawn)).toMatchObject([
        { state: 'holds' },
      ]);
      expect(clausesOf('attack', searchesWith([0.1, 0.7], 'attack'), drawn)).toMatchObject([
        { state: 'contradicted' },
      ]);
    });

    it('leaves out draws of which no picture could be scored', () => {
      const drawn = drawnWith((i) => (i % 4 === 0 ? null : 0.9 + i * 1e-4));
      const [{ state, measured }] = clausesOf('improve', searchesWith([0.5, 0.6]), drawn);
      expect(state).toBe('holds');
      expect(measured).toContain('−0.400');
    });

    it('compares every search seed with its own draw', () => {
      const drawn = [0.1, 0.9].flatMap((loss, searchSeed) =>
        drawnWith(() => loss).map((row) => ({ ...row, searchSeed })),
      );
      const found = [0, 1].flatMap((searchSeed) =>
        searchesWith([0.5, 0.6]).map((row) => ({ ...row, searchSeed })),
      );
      expect(clausesOf('improve', found, drawn)).toMatchObject([{ state: 'open' }]);
    });
  });

  it('does not draw a run on beyond what it spent', () => {
    const rows = [
      ...syntheticStudies({ run: 'random', end: 80 }),
      ...syntheticStudies({ run: 'hybrid', end: 20 }),
    ];
    const { sections } = budgetReport(FIGURE_6, rows);
    const table = sections
      .flatMap(({ blocks }) => blocks)
      .find((block) => block.kind === 'table' && block.name === 'at-evaluations') as TableBlock;
    expect(table.columns.map(({ head }) => head)).toContain('At 40');
    const at40 = table.columns.findIndex(({ head }) => head === 'At 40');
    expect(table.rows.map((row) => row[at40] === null)).toEqual([false, true]);
  });

  it('names searches whose own pictures are not exact', () => {
    const notesOf = (rows: readonly StudyRow[]) =>
      budgetReport(FIGURE_6, rows)
        .sections[0].blocks.map((block) => ('note' in block && block.note) || '')
        .map((text) => text.includes('not exact (random)'));
    const rows = [...syntheticStudies({ run: 'random' }), ...syntheticStudies({ run: 'hybrid' })];
    expect(notesOf(rows)).toEqual([false, false]);
    expect(notesOf(rows.map((row) => (row.run === 'random' ? { ...row, confirmed: 4 } : row)))).toEqual([
      true,
      true,
    ]);
  });

  it('says nothing without rows but that nothing was measured', () => {
    expect(budgetReport(FIGURE_6, [])).toMatchObject({ sections: [], verdict: { agrees: null } });
  });
});
