/** @file Table 2: the mean loss of prompts drawn at random from each space. */

import type { ExperimentDefinition } from '../experiment-definition.ts';
import type { ExperimentRow, RandomPromptsRow } from '../experiment-row.ts';
import type { Analysis } from './analysis.ts';
import { estimateOver, finiteMean, meanHitRate, meanOver } from './measured-mean.ts';
import { pairsOf } from './pairs-of.ts';
import type { TableBlock, Value } from './report-block.ts';
import { optionOf, type RunRows, rowPairs, rowsByRun } from './rows-by-run.ts';
import { type Claim, clauseOf, type Verdict, verdictOf } from './verdict.ts';

type SearchedPart = 'negative' | 'positive' | 'both';

interface SpaceRun extends RunRows<'random-prompts'> {
  readonly part: SearchedPart;
}

export function randomPromptsReport(
  definition: ExperimentDefinition,
  rows: readonly ExperimentRow[],
): Analysis {
  const runs = rowsByRun(definition, rows, 'random-prompts').map((run) => ({
    ...run,
    part: partOf(definition, run),
  }));
  if (runs.length === 0) return { verdict: randomPromptsVerdict(runs), sections: [] };
  return {
    verdict: randomPromptsVerdict(runs),
    sections: [
      { title: 'Random prompts', blocks: [spaceTable(runs), ...differenceTable(runs)] },
      ...hitSection(runs),
    ],
  };
}

/** The prompt that a run's candidates change, as the search has it by default. */
function partOf(definition: ExperimentDefinition, { run, task }: RunRows<'random-prompts'>): SearchedPart {
  const given = optionOf(definition, run, 'search');
  if (given === 'negative' || given === 'positive' || given === 'both') return given;
  return task === 'attack' ? 'positive' : 'negative';
}

/** Table 2: candidates of the negative space have a lower mean loss than the user's prompt, and than those of the positive space. */
export function randomPromptsVerdict(runs: readonly SpaceRun[]): Verdict {
  const negative = runs.find(({ part }) => part === 'negative');
  const positive = runs.find(({ part }) => part === 'positive');
  const below = (claim: string, what: string): Claim => ({ claim, what, wanted: 'below', as: 'difference' });
  return verdictOf([
    clauseOf(
      below('random negative prompts do better than the user’s prompt alone', 'negative minus user'),
      negative ? againstUser(negative.rows) : null,
    ),
    clauseOf(
      below('random negative prompts do better than random positive prompts', 'negative minus positive'),
      negative && positive ? between(negative.rows, positive.rows) : null,
    ),
  ]);
}

function againstUser(rows: readonly RandomPromptsRow[]) {
  return differenceOver(
    rows.map((row) => ({
      promptIndex: row.promptIndex,
      before: finiteMean(row.original.losses),
      after: finiteMean(row.candidateLosses),
    })),
  );
}

function between(first: readonly RandomPromptsRow[], second: readonly RandomPromptsRow[]) {
  return differenceOver(
    rowPairs(first, second).map(([ours, theirs]) => ({
      promptIndex: ours.promptIndex,
      before: finiteMean(theirs.candidateLosses),
      after: finiteMean(ours.candidateLosses),
    })),
  );
}

function differenceOver(
  pairs: readonly { promptIndex: number; before: number | null; after: number | null }[],
) {
  return estimateOver(
    pairs.flatMap(({ promptIndex, before, after }) =>
      before === null || after === null ? [] : [{ promptIndex, value: after - before }],
    ),
  );
}

function spaceTable(runs: readonly SpaceRun[]): TableBlock {
  return {
    kind: 'table',
    name: 'spaces',
    title: 'Mean loss in each space',
    columns: [
      { head: 'Space', as: 'text' },
      { head: 'Changes', as: 'text' },
      { head: 'Prompts', as: 'count' },
      { head: 'Candidates each', as: 'decimal' },
      { head: 'User’s prompt', as: 'loss' },
      { head: 'Candidates', as: 'loss' },
      { head: 'Difference', as: 'difference', hasInterval: true },
    ],
    rows: runs.map(spaceRow),
    note: 'Mean over prompts of the mean loss of candidates drawn at random, on the searched seeds; differences from the user’s prompt with the 95 % interval of the paired bootstrap over prompts.',
  };
}

function spaceRow({ run, part, rows }: SpaceRun): Value[] {
  const difference = againstUser(rows);
  const mean = (value: (row: RandomPromptsRow) => number | null) =>
    meanOver(rows.map((row) => ({ promptIndex: row.promptIndex, value: value(row) ?? Number.NaN })));
  return [
    ...[run, part === 'both' ? 'both prompts' : `the ${part} prompt`, difference?.count ?? 0],
    mean(({ candidateLosses }) => candidateLosses.length),
    mean(({ original }) => finiteMean(original.losses)),
    mean(({ candidateLosses }) => finiteMean(candidateLosses)),
    difference,
  ];
}

function differenceTable(runs: readonly SpaceRun[]): TableBlock[] {
  const rows = pairsOf(runs).map(([first, second]): Value[] => [
    first.run,
    second.run,
    between(first.rows, second.rows),
  ]);
  if (rows.length === 0) return [];
  return [
    {
      kind: 'table',
      name: 'between-spaces',
      title: 'The spaces against each other',
      columns: [
        { head: 'First', as: 'text' },
        { head: 'Second', as: 'text' },
        { head: 'First minus second', as: 'difference', hasInterval: true },
      ],
      rows,
      note: 'On the same prompts; below 0 the first space’s candidates are better on average.',
    },
  ];
}

function hitSection(runs: readonly SpaceRun[]): Analysis['sections'] {
  const rows = runs.flatMap(({ run, rows: own }) => {
    const pairs = own.map(({ promptIndex, original, candidateHitRates }) => ({
      promptIndex,
      before: meanHitRate(original.hits),
      after: finiteMean(candidateHitRates),
    }));
    const difference = differenceOver(pairs);
    const means = [pairs.map(({ before }) => before), pairs.map(({ after }) => after)].map(finiteMean);
    return difference === null ? [] : [[run, ...means, difference]];
  });
  if (rows.length === 0) return [];
  return [
    {
      title: 'Key concepts',
      blocks: [
        {
          kind: 'table',
          name: 'concepts',
          title: 'Hit rate of key concepts',
          columns: [
            { head: 'Space', as: 'text' },
            { head: 'User’s prompt', as: 'share' },
            { head: 'Candidates', as: 'share' },
            { head: 'Difference', as: 'points', hasInterval: true },
          ],
          rows,
          note: 'By the judge, on the searched seeds; differences in percentage points.',
        },
      ],
    },
  ];
}
