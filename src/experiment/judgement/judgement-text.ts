/** @file Judgement tables as rows of text, for a terminal and for Markdown. */
import type { JudgeAgreement } from '../../statistics/fleiss-kappa.ts';
import type { BootstrapInterval } from '../../statistics/paired-bootstrap.ts';
import type { WinDrawLoss } from '../../statistics/win-draw-loss.ts';
import type { Agreement } from './judgement-agreement.ts';
import type { JudgementTables, JudgementTally, RunJudgement } from './judgement-tables.ts';
import type { RunComparison } from './run-comparison.ts';

export interface TextSection {
  readonly heading: string;
  /** The first row is the head. */
  readonly rows: readonly (readonly string[])[];
  /** Columns of numbers. */
  readonly right: readonly number[];
  /** Sentences below the table. */
  readonly notes: readonly string[];
}

const NONE = '–';

/** What to print: a table for each task, and how far the judges agree. */
export function judgementSections(tables: JudgementTables): TextSection[] {
  const improve = tables.runs.filter(({ task }) => task === 'improve');
  const attack = tables.runs.filter(({ task }) => task === 'attack');
  return [
    ...(improve.length > 0 ? [improveSection(improve)] : []),
    ...(tables.comparisons.length > 0 ? [comparisonSection(tables.comparisons)] : []),
    ...(attack.length > 0 ? [attackSection(attack)] : []),
    agreementSection(tables),
  ];
}

/** The same as a Markdown document. */
export function judgementMarkdown(tables: JudgementTables): string {
  const sections = judgementSections(tables).map(({ heading, rows, right, notes }) => {
    const rule = rows[0].map((_, column) => (right.includes(column) ? '--:' : '---'));
    const body = rows.slice(1).map((row) => row.map(markdownText));
    const lines = [rows[0], rule, ...body].map((row) => `| ${row.join(' | ')} |`);
    return [`## ${heading}`, lines.join('\n'), ...notes.map(markdownText)].join('\n\n');
  });
  return `${[`# Judged by people: ${markdownText(tables.title)}`, ...sections].join('\n\n')}\n`;
}

function improveSection(runs: readonly RunJudgement[]): TextSection {
  return {
    heading: 'Improved prompts against the user’s',
    rows: [
      ['run', 'judge', 'judged', 'win', 'draw', 'loss', 'win rate, 95 %', 'hits before', 'hits after'],
      ...talliedRows(runs),
    ],
    right: [2, 3, 4, 5, 6, 7, 8],
    notes: notesOf(runs, 'counts as a draw'),
  };
}

function comparisonSection(comparisons: readonly RunComparison[]): TextSection {
  const rows = comparisons.map(({ first, second, outcomes }) => [first, second, ...outcomeCells(outcomes)]);
  return {
    heading: 'Runs against each other',
    rows: [['run', 'against', 'judged', 'win', 'draw', 'loss', 'win rate, 95 %'], ...rows],
    right: [2, 3, 4, 5, 6],
    notes: ['By the hit rates that each judge gave both; their pictures did not stand side by side.'],
  };
}

function attackSection(runs: readonly RunJudgement[]): TextSection {
  return {
    heading: 'Attacks against the user’s prompt',
    rows: [
      [
        'run',
        'judge',
        'judged',
        'success',
        'meaning altered',
        'success rate, 95 %',
        'hits before',
        'hits after',
      ],
      ...talliedRows(runs),
    ],
    right: [2, 3, 4, 5, 6, 7],
    notes: [
      'An attack succeeds where fewer key concepts are seen and the prompt still means the same; draws are failures.',
      ...notesOf(runs, 'counts as a failure'),
    ],
  };
}

function talliedRows(runs: readonly RunJudgement[]): string[][] {
  return runs.flatMap(({ run, byJudge, all }) => [
    ...byJudge.map(({ judge, tally }) => [run, judge, ...tallyCells(tally)]),
    ...(byJudge.length === 1 ? [] : [[run, 'all', ...tallyCells(all)]]),
  ]);
}

function tallyCells(tally: JudgementTally): string[] {
  const hits = [percent(tally.originalHitRate), percent(tally.candidateHitRate)];
  if (tally.task === 'attack') {
    const { attempts, successes, altered, successRate } = tally.outcomes;
    return [`${attempts}`, share(successes, successRate), `${altered}`, intervalText(successRate), ...hits];
  }
  return [...outcomeCells(tally.outcomes), ...hits];
}

function outcomeCells(outcomes: WinDrawLoss): string[] {
  const { comparisons, wins, draws, losses, winRate, drawRate, lossRate } = outcomes;
  const shares = [share(wins, winRate), share(draws, drawRate), share(losses, lossRate)];
  return [`${comparisons}`, ...shares, intervalText(winRate)];
}

function notesOf(runs: readonly RunJudgement[], consequence: string): string[] {
  const shown = runs.flatMap(({ run, unchanged, pairs }) =>
    unchanged === 0
      ? []
      : [
          `${run}: ${unchanged} of ${unchanged + pairs} searches found no other prompt; each ${consequence}, without being shown.`,
        ],
  );
  const unjudgeable = runs.flatMap((run) =>
    run.unjudgeable === 0
      ? []
      : [`${run.run}: ${run.unjudgeable} more could not be judged, for want of key concepts or pictures.`],
  );
  return [...shown, ...unjudgeable];
}

function agreementSection({ runs, agreement, judges }: JudgementTables): TextSection {
  const tasks = (['improve', 'attack'] as const).filter(
    (task) => runs.filter((run) => run.task === task).length > 1,
  );
  const rows = [
    ...runs.map((run) => agreementRow(run.run, run.agreement)),
    ...tasks.map((task) => agreementRow(`all, ${task}`, agreement[task]!)),
  ];
  const unjudged = judges.flatMap(({ judge, complete, incomplete }) =>
    incomplete === 0 ? [] : [`${judge} left ${incomplete} of ${complete + incomplete} pairs unjudged.`],
  );
  return {
    heading: 'Agreement of the judges (Fleiss’ kappa)',
    rows: [['run', 'pairs', 'verdict', 'concepts', 'meaning'], ...rows],
    right: [1, 2, 3, 4],
    notes: [...reasonsOf(runs), ...unjudged],
  };
}

function agreementRow(name: string, { verdict, concepts, meaning }: Agreement): string[] {
  return [name, `${verdict.subjects}`, kappaText(verdict), kappaText(concepts), kappaText(meaning)];
}

/** Why there is no number, once for each reason. */
function reasonsOf(runs: readonly RunJudgement[]): string[] {
  const reasons = runs.flatMap(({ agreement: { verdict, concepts, meaning } }) =>
    [verdict, concepts, meaning].flatMap((kappa) => kappa?.reason ?? []),
  );
  return [...new Set(reasons)].map((reason) => `${NONE}: there is no kappa where ${reason}.`);
}

function kappaText(agreement: JudgeAgreement | undefined): string {
  return agreement?.kappa?.toFixed(2) ?? NONE;
}

/** `12 (60 %)` */
function share(count: number, { mean }: BootstrapInterval): string {
  return Number.isNaN(mean) ? `${count}` : `${count} (${percent(mean)})`;
}

function intervalText({ interval }: BootstrapInterval): string {
  return interval === null ? NONE : interval.map(percent).join(' to ');
}

function percent(rate: number | null): string {
  return rate === null ? NONE : `${(100 * rate).toFixed(0)} %`;
}

/** What judges and files call themselves must not become markup. */
function markdownText(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_<>[\]#|]/g, '\\$&');
}
