import { describe, expect, it } from 'vitest';
import {
  syntheticBestOfSeeds,
  syntheticDefinition,
  syntheticRandomPrompts,
  syntheticStudies,
} from '../../../tests/experiment/synthetic-rows.ts';
import type { StudyRow } from '../experiment-row.ts';
import type { Analysis } from './analysis.ts';
import { comparisonReport } from './comparison.ts';
import type { Block, TableBlock } from './report-block.ts';

function blocks(analysis: Analysis): Block[] {
  return analysis.sections.flatMap((section) => section.blocks);
}

/** The rows of one table by its name. */
function tableOf(analysis: Analysis, name: string): TableBlock['rows'] {
  const table = blocks(analysis).find((block) => block.kind === 'table' && block.name === name) as
    | TableBlock
    | undefined;
  expect(table, name).toBeDefined();
  return table!.rows;
}

const ONE = syntheticDefinition('comparison');

/** A study whose pictures have exactly these losses and hits, original first. */
function study(
  promptIndex: number,
  losses: readonly [number, number],
  hits: readonly [boolean[], boolean[]],
  more: Partial<StudyRow> = {},
): StudyRow {
  const [row] = syntheticStudies({ prompts: 1 });
  const of = (which: 0 | 1) => ({
    ...(which === 0 ? row.original : row.best),
    ...{ losses: [losses[which]], heldOutLosses: [losses[which]], judgedLosses: [losses[which]] },
    ...{ heldOutJudgedLosses: [losses[which]], hits: [hits[which]], heldOutHits: [hits[which]] },
  });
  return { ...row, promptIndex, original: of(0), best: of(1), ...more };
}

describe('comparisonReport()', () => {
  it('gives means over prompts and the mean difference, search seeds of one prompt taken together', () => {
    const hits: [boolean[], boolean[]] = [[true], [true]];
    const rows = [
      study(0, [0.5, 0.4], hits),
      study(0, [0.5, 0.2], hits, { searchSeed: 1 }),
      study(1, [0.7, 0.6], hits),
    ];
    const [searched] = tableOf(comparisonReport(ONE, rows), 'losses');
    expect(searched.slice(0, 3)).toEqual(['hybrid', 'objective, searched seeds', 2]);
    expect(searched[3]).toBeCloseTo(0.6, 12);
    expect(searched[4]).toBeCloseTo(0.45, 12);
    expect(searched[5]).toMatchObject({ count: 2, mean: expect.closeTo(-0.15, 12) });
  });

  it('leaves out seeds without a number, on both sides of the pair', () => {
    const [row] = syntheticStudies({ prompts: 1 });
    const original = { ...row.original, losses: [0.5, null as unknown as number] };
    const best = { ...row.best, losses: [0.4, 0.1] };
    const [searched] = tableOf(comparisonReport(ONE, [{ ...row, original, best }]), 'losses');
    expect(searched[5]).toMatchObject({ mean: expect.closeTo(-0.1, 12), interval: null });
  });

  it('counts hits by the concept’s place in the prompt', () => {
    const rows = [0, 1].map((i) =>
      study(
        i,
        [0.5, 0.4],
        [
          [true, false],
          [true, true],
        ],
      ),
    );
    const concepts = tableOf(comparisonReport(ONE, rows), 'concepts');
    expect(concepts.map(([, seeds, concept, , before, after]) => [seeds, concept, before, after])).toEqual([
      ['searched', 'first', 1, 1],
      ['searched', 'second', 0, 1],
      ['searched', 'all', 0.5, 1],
      ['held out', 'first', 1, 1],
      ['held out', 'second', 0, 1],
      ['held out', 'all', 0.5, 1],
    ]);
  });

  it('decides wins, draws and losses by hit rates', () => {
    const rows = [
      study(
        0,
        [0.5, 0.4],
        [
          [false, false],
          [true, false],
        ],
      ),
      study(
        1,
        [0.5, 0.4],
        [
          [true, false],
          [false, true],
        ],
      ),
      study(
        2,
        [0.5, 0.4],
        [
          [true, true],
          [false, true],
        ],
      ),
    ];
    const [judged, , byLoss] = tableOf(comparisonReport(ONE, rows), 'outcomes');
    expect(judged.slice(1, 6)).toEqual(['judge, searched seeds', 3, 1, 1, 1]);
    expect(byLoss.slice(1, 6)).toEqual(['loss, held-out seeds', 3, 3, 0, 0]);
  });

  it('judges attacks with reversed losses, without draws and without altered meanings', () => {
    const attack = (i: number, hits: [boolean[], boolean[]], altersMeaning: boolean) =>
      study(i, [0.4, 0.6], hits, { task: 'attack', altersMeaning });
    const rows = [
      attack(
        0,
        [
          [true, true],
          [false, false],
        ],
        false,
      ),
      attack(
        1,
        [
          [true, true],
          [false, true],
        ],
        true,
      ),
      attack(
        2,
        [
          [true, false],
          [true, false],
        ],
        false,
      ),
      attack(
        3,
        [
          [false, false],
          [true, false],
        ],
        false,
      ),
    ];
    const definition = syntheticDefinition('comparison', [{ task: 'attack' }]);
    const analysis = comparisonReport(definition, rows);
    expect(tableOf(analysis, 'attacks')[0].slice(2, 7)).toEqual([4, 1, 1, 1, 1]);
    expect(tableOf(analysis, 'attacks')[0][7]).toMatchObject({ mean: 0.25 });
    // Of four prompts nothing is decided.
    expect(analysis.verdict.clauses[0]).toMatchObject({ claim: 'hybrid: the loss rises', state: 'open' });
  });

  it('does not say that no attack altered the meaning where nobody asked', () => {
    const definition = syntheticDefinition('comparison', [
      { name: 'asked', task: 'attack' },
      { name: 'partly', task: 'attack' },
    ]);
    const rows = [
      ...syntheticStudies({ run: 'asked', task: 'attack' }),
      ...syntheticStudies({ run: 'partly', task: 'attack' }).map(({ altersMeaning, ...row }) =>
        row.promptIndex === 3 ? row : { ...row, altersMeaning },
      ),
    ];
    const noteOf = (of: typeof rows) =>
      blocks(comparisonReport(definition, of)).find(
        (block) => block.kind === 'table' && block.name === 'attacks',
      );
    const altered = tableOf(comparisonReport(definition, rows), 'attacks').map((row) => [
      row[0],
      row[6] === null,
    ]);
    expect(altered.slice(0, 3)).toEqual(Array(3).fill(['asked', false]));
    expect(altered.slice(3)).toEqual(Array(3).fill(['partly', true]));
    expect(noteOf(rows)).toMatchObject({ note: expect.stringContaining('means something else (partly)') });
    const asked = rows.filter(({ run }) => run === 'asked');
    expect(noteOf(asked)).toMatchObject({ note: expect.not.stringContaining('something else') });
  });

  it('compares the runs on the same prompts and search seeds only', () => {
    const definition = syntheticDefinition('comparison', [{ name: 'a' }, { name: 'b' }]);
    const rows = [
      ...syntheticStudies({ run: 'a', prompts: 10 }),
      ...syntheticStudies({ run: 'b', prompts: 6, gain: 0 }),
    ];
    const [row] = tableOf(comparisonReport(definition, rows), 'between-runs');
    expect(row.slice(0, 3)).toEqual(['a', 'b', 6]);
    expect(row[4]).toBe('a is ahead');
    const same = [...syntheticStudies({ run: 'a' }), ...syntheticStudies({ run: 'b' })];
    expect(tableOf(comparisonReport(definition, same), 'between-runs')[0][4]).toBe('no');
  });

  it('warns where the held-out scorer disagrees, and says where it does not confirm', () => {
    const notes = (judgedGain: number) =>
      blocks(comparisonReport(ONE, syntheticStudies({ judgedGain }))).filter(
        (block) => block.kind === 'note',
      );
    expect(notes(0.03)).toEqual([]);
    expect(notes(-0.03)[0]).toMatchObject({
      tone: 'warning',
      text: expect.stringContaining('gamed its scorer'),
    });
    expect(notes(0)[0]).toMatchObject({ tone: 'muted', text: expect.stringContaining('does not confirm') });
  });

  it('warns where the gain is of the searched seeds alone', () => {
    const rows = syntheticStudies().map((row) => ({
      ...row,
      best: { ...row.best, heldOutLosses: row.best.heldOutLosses.map((loss) => loss + 0.1) },
    }));
    const analysis = comparisonReport(ONE, rows);
    expect(blocks(analysis)).toContainEqual(
      expect.objectContaining({ tone: 'warning', text: expect.stringContaining('searched pictures alone') }),
    );
    expect(analysis.verdict.beyond).toBe(
      'On held-out seeds 0 of 1 run keeps a gain whose interval excludes 0, and 1 is worse there than the original.',
    );
  });

  it('has the original on fresh seeds and random candidates as controls', () => {
    const definition = syntheticDefinition('comparison', [{}, { name: 'drawn', kind: 'random-prompts' }]);
    const rows = [...syntheticStudies(), ...syntheticRandomPrompts('drawn', { shift: -0.02 })];
    const controls = tableOf(comparisonReport(definition, rows), 'controls');
    expect(controls.map(([name]) => name)).toEqual(['the original on held-out seeds', 'drawn']);
    expect(controls[1][4]).toMatchObject({ mean: expect.closeTo(-0.02, 2) });
  });

  it('shows the first prompts’ pictures, six at most', () => {
    const image = 'f'.repeat(64);
    const pictures = blocks(comparisonReport(ONE, syntheticStudies({ image }))).find(
      ({ kind }) => kind === 'pictures',
    );
    expect(pictures).toMatchObject({ rows: { length: 12 } });
    expect(blocks(comparisonReport(ONE, syntheticStudies())).some(({ kind }) => kind === 'pictures')).toBe(
      false,
    );
  });

  it('agrees with Table 1 only where the held-out scorer confirms it', () => {
    const agrees = (judgedGain: number) =>
      comparisonReport(ONE, syntheticStudies({ judgedGain })).verdict.agrees;
    expect([agrees(0.03), agrees(0), agrees(-0.03)]).toEqual([true, null, false]);
    expect(comparisonReport(ONE, syntheticStudies()).verdict.beyond).toContain('1 of 1 run keeps a gain');
  });

  it('tells of the best of many seeds beside the searches', () => {
    const definition = syntheticDefinition('comparison', [{}, { name: 'seeds', kind: 'best-of-seeds' }]);
    const rows = [...syntheticStudies(), ...syntheticBestOfSeeds('seeds')];
    expect(tableOf(comparisonReport(definition, rows), 'best-of-seeds').map(([run]) => run)).toEqual([
      'seeds',
      'hybrid',
    ]);
  });
});
