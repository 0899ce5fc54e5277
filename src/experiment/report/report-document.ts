/** @file A whole report before it has a form: what was asked, what the paper found, what was found here, and where it comes from. */
import type { ExperimentDefinition, ReportKind } from '../experiment-definition.ts';
import type { ExperimentRow } from '../experiment-row.ts';
import type { Analysis } from './analysis.ts';
import { budgetReport } from './budget.ts';
import { comparisonReport } from './comparison.ts';
import { gradientAgreementReport } from './gradient-agreement.ts';
import { gradientNormReport } from './gradient-norm.ts';
import { progressReport } from './progress.ts';
import { publishedTables } from './published.ts';
import { randomPromptsReport } from './random-prompts.ts';
import type { ReportSection, TableBlock } from './report-block.ts';
import { factPairs, incompleteText, type ReportFacts } from './report-facts.ts';
import { type ClauseState, STATE_TEXTS, type Verdict } from './verdict.ts';

export interface ReportDocument {
  readonly name: string;
  readonly title: string;
  /** Undefined where the experiment is not the paper's. */
  readonly paper: string | undefined;
  readonly found: string;
  /** Empty where the experiment is not the paper's. */
  readonly published: readonly TableBlock[];
  /** Undefined where every job was done. */
  readonly incomplete: string | undefined;
  readonly verdict: Verdict;
  readonly sections: readonly ReportSection[];
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly command: string;
}

type Analyse = (definition: ExperimentDefinition, rows: readonly ExperimentRow[]) => Analysis;

const ANALYSES: Readonly<Record<ReportKind, Analyse>> = {
  comparison: comparisonReport,
  'random-prompts': randomPromptsReport,
  progress: progressReport,
  budget: budgetReport,
  'gradient-norm': gradientNormReport,
  'gradient-agreement': gradientAgreementReport,
};

export function reportDocument(
  definition: ExperimentDefinition,
  rows: readonly ExperimentRow[],
  facts: ReportFacts,
): ReportDocument {
  const { name, title, paper, found, report, runs } = definition;
  const { verdict, sections } = ANALYSES[report](definition, rows);
  const tasks = runs.map(({ task }) => task);
  return {
    ...{ name, title, paper, found, sections },
    published: paper === undefined ? [] : publishedTables(report, tasks),
    incomplete: incompleteText(facts.counts, rows.length),
    verdict: paper === undefined ? ownVerdict(verdict) : verdict,
    facts: factPairs(definition, rows, facts),
    command: facts.command,
  };
}

/** An experiment of ours has no paper to agree with; what was asked is answered all the same, statement by statement. */
function ownVerdict(verdict: Verdict): Verdict {
  const counts = (Object.keys(STATE_TEXTS) as ClauseState[]).flatMap((state) => {
    const count = verdict.clauses.filter((clause) => clause.state === state).length;
    return count === 0 ? [] : [`${count} ${state === 'holds' ? 'held' : STATE_TEXTS[state]}`];
  });
  const answer = counts.length === 0 ? 'nothing was measured yet that could tell' : counts.join(', ');
  return { ...verdict, agrees: null, sentence: `The paper has no such experiment. Statements: ${answer}.` };
}
