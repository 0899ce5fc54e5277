import { describe, expect, it } from 'vitest';
import { answersFile, type Judging } from '../../../tests/experiment/judge-answers.ts';
import { JUDGED_PAIRS } from '../../../tests/experiment/judged-scenes.ts';
import { judgementSheet } from './judgement-sheet.ts';
import { judgementTables } from './judgement-tables.ts';
import { judgementMarkdown, judgementSections } from './judgement-text.ts';
import { readAnswers } from './read-answers.ts';

const { key } = judgementSheet(JUDGED_PAIRS, { title: 'Scenes | *all*', experiment: 'scenes', seed: 5 });

function tablesOf(...judges: readonly (readonly [string, (Judging | undefined)?])[]) {
  const texts = judges.map(([judge, how]) => ({
    name: judge,
    text: JSON.stringify(answersFile(key, judge, how)),
  }));
  return judgementTables(readAnswers(texts, key), key);
}
const runOf = (tables: ReturnType<typeof tablesOf>, name: string) =>
  tables.runs.find(({ run }) => run === name)!;

/** Sees nothing in any picture. */
const blind: Judging = {
  marks: (_, { left, right }) => ({
    left: left.map((picture) => picture.map(() => false)),
    right: right.map((picture) => picture.map(() => false)),
  }),
};

describe('judgementTables()', () => {
  it('counts wins, draws and losses of each run, whichever side it stood on', () => {
    const tables = tablesOf(['Ann']);
    expect(tables.runs.map(({ run }) => run)).toEqual(['evolution-run', 'hybrid-run', 'attack-run']);
    expect(runOf(tables, 'hybrid-run').all).toMatchObject({
      outcomes: { comparisons: 2, wins: 1, draws: 1, losses: 0, winRate: { mean: 0.5 } },
      originalHitRate: 4 / 8,
      candidateHitRate: 5 / 8,
    });
    expect(runOf(tables, 'evolution-run')).toMatchObject({
      pairs: 1,
      unchanged: 1,
      all: {
        outcomes: { comparisons: 2, wins: 0, draws: 1, losses: 1 },
        originalHitRate: 2 / 4,
        candidateHitRate: 1 / 4,
      },
    });
  });

  it('counts an attack as the paper does: no draws, and none that changes the meaning', () => {
    const rates = (how?: Judging) => runOf(tablesOf(['Ann', how]), 'attack-run').all.outcomes;
    expect(rates()).toMatchObject({ attempts: 2, successes: 1, altered: 1, successRate: { mean: 0.5 } });
    expect(rates({ alters: () => false })).toMatchObject({
      successes: 2,
      altered: 0,
      successRate: { mean: 1 },
    });
    expect(rates({ alters: () => true })).toMatchObject({
      successes: 0,
      altered: 2,
      successRate: { mean: 0 },
    });
    expect(rates(blind)).toMatchObject({ successes: 0, draws: 2, altered: 0, successRate: { mean: 0 } });
  });

  it('adds up several judges, and tells them apart', () => {
    const tables = tablesOf(['Ann'], ['Bob', blind]);
    const { all, byJudge } = runOf(tables, 'hybrid-run');
    expect(all.outcomes).toMatchObject({
      prompts: 2,
      comparisons: 4,
      wins: 1,
      draws: 3,
      winRate: { mean: 0.25 },
    });
    expect(all.candidateHitRate).toBe(5 / 16);
    expect(byJudge.map(({ judge, tally }) => [judge, tally.candidateHitRate])).toEqual([
      ['Ann', 5 / 8],
      ['Bob', 0],
    ]);
  });

  it('says how far judges agree: fully, or as far as Fleiss says', () => {
    const { agreement } = tablesOf(['Ann'], ['Bob']);
    expect(agreement.improve).toMatchObject({ verdict: { kappa: 1, subjects: 3 }, concepts: { kappa: 1 } });
    expect(agreement.attack).toMatchObject({ verdict: { kappa: 1 }, meaning: { kappa: 1, subjects: 2 } });
    const apart = tablesOf(['Ann'], ['Bob', { alters: () => false }]).agreement.attack!;
    // Of two attacks the judges call one a success together and differ on the other: observed 1/2, expected (3/4)² + (1/4)².
    expect(apart.verdict.kappa).toBeCloseTo((0.5 - 0.625) / (1 - 0.625), 12);
    expect(apart.meaning!.kappa).toBeCloseTo((0.5 - 0.625) / (1 - 0.625), 12);
    expect(apart.concepts.kappa).toBe(1);
  });

  it('has a kappa over each concept of each picture', () => {
    const { concepts } = runOf(tablesOf(['Ann'], ['Bob', blind]), 'hybrid-run').agreement;
    // Of 16 concepts Ann sees 9 and Bob none.
    const expected = (9 / 32) ** 2 + (23 / 32) ** 2;
    expect(concepts).toMatchObject({ subjects: 16, judges: 2 });
    expect(concepts.kappa).toBeCloseTo((7 / 16 - expected) / (1 - expected), 12);
  });

  it('leaves out of agreement what one judge did not judge, and counts the rest', () => {
    const [first, ...rest] = answersFile(key, 'Bob').answers;
    const texts = [answersFile(key, 'Ann'), { ...answersFile(key, 'Bob'), answers: rest }];
    const answers = readAnswers(
      texts.map((file, i) => ({ name: `${i}`, text: JSON.stringify(file) })),
      key,
    );
    const tables = judgementTables(answers, key);
    expect(tables.judges).toEqual([
      { judge: 'Ann', complete: 5, incomplete: 0 },
      { judge: 'Bob', complete: 4, incomplete: 1 },
    ]);
    const { run } = key.cards.find(({ card }) => card === first.card)!;
    const { verdict } = runOf(tables, run).agreement;
    expect(verdict.leftOut).toBe(1);
    expect(judgementSections(tables).at(-1)!.notes).toContain('Bob left 1 of 5 pairs unjudged.');
  });

  it('counts an unchanged pair for every judge, also where a run has no other', () => {
    const alone = JUDGED_PAIRS.filter(({ run }) => run !== 'evolution-run').concat(
      JUDGED_PAIRS.find(({ id }) => id === 'evolution-run/1')!,
    );
    const { key } = judgementSheet(alone, { title: 't', experiment: 'e', seed: 0 });
    const texts = ['Ann', 'Bob'].map((judge) => ({
      name: judge,
      text: JSON.stringify(answersFile(key, judge)),
    }));
    const { runs } = judgementTables(readAnswers(texts, key), key);
    const { all } = runs.find(({ run }) => run === 'evolution-run')!;
    expect(all).toMatchObject({ outcomes: { comparisons: 2, draws: 2 }, originalHitRate: null });
  });
});

describe('the tables as text', () => {
  it('have a row for each judge and one for all', () => {
    const [improve, between, attack, agreement] = judgementSections(tablesOf(['Ann'], ['Bob', blind]));
    expect(improve.rows.map((row) => row.slice(0, 6))).toEqual([
      ['run', 'judge', 'judged', 'win', 'draw', 'loss'],
      ['evolution-run', 'Ann', '2', '0 (0 %)', '1 (50 %)', '1 (50 %)'],
      ['evolution-run', 'Bob', '2', '0 (0 %)', '2 (100 %)', '0 (0 %)'],
      ['evolution-run', 'all', '4', '0 (0 %)', '3 (75 %)', '1 (25 %)'],
      ['hybrid-run', 'Ann', '2', '1 (50 %)', '1 (50 %)', '0 (0 %)'],
      ['hybrid-run', 'Bob', '2', '0 (0 %)', '2 (100 %)', '0 (0 %)'],
      ['hybrid-run', 'all', '4', '1 (25 %)', '3 (75 %)', '0 (0 %)'],
    ]);
    expect(improve.notes).toEqual([
      'evolution-run: 1 of 2 searches found no other prompt; each counts as a draw, without being shown.',
    ]);
    expect(between.rows[1].slice(0, 6)).toEqual([
      'evolution-run',
      'hybrid-run',
      '4',
      '0 (0 %)',
      '3 (75 %)',
      '1 (25 %)',
    ]);
    expect(attack.rows[1].slice(0, 5)).toEqual(['attack-run', 'Ann', '2', '1 (50 %)', '1']);
    expect(agreement.rows.map(([run]) => run)).toEqual([
      'run',
      'evolution-run',
      'hybrid-run',
      'attack-run',
      'all, improve',
    ]);
  });

  it('say why there is no kappa', () => {
    const { notes } = judgementSections(tablesOf(['Ann'])).at(-1)!;
    expect(notes).toEqual(['–: there is no kappa where one judge agrees with nobody.']);
  });

  it('are Markdown that no name can break', () => {
    const text = judgementMarkdown(tablesOf(['Ann | <b>*x*\n# y']));
    expect(text).toMatch(/^# Judged by people: Scenes \\\| \\\*all\\\*\n\n## Improved prompts/);
    expect(text).toContain('| hybrid-run | Ann \\| \\<b\\>\\*x\\* \\# y | 2 | 1 (50 %)');
    const widths = text
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .map((line) => line.replaceAll('\\|', '').split('|').length);
    expect(new Set(widths)).toEqual(new Set([11, 9, 10, 7]));
  });
});
