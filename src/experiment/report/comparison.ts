/** @file The report of a comparison: the user's prompt against what each run found. */
import type { ExperimentDefinition } from '../experiment-definition.ts';
import type { ExperimentRow } from '../experiment-row.ts';
import type { Analysis } from './analysis.ts';
import { bestOfSeedsSection } from './best-of-seeds-section.ts';
import { betweenRunsSection } from './between-runs-section.ts';
import { conceptSection } from './concept-section.ts';
import { controlSection } from './control-section.ts';
import { effectOf, type LossMeasure, type RunEffects, runEffects } from './loss-effect.ts';
import { lossSection } from './loss-section.ts';
import { outcomeSection } from './outcome-section.ts';
import { pairPictures } from './pair-pictures.ts';
import type { ReportSection } from './report-block.ts';
import { rowsByRun } from './rows-by-run.ts';
import { type Clause, clauseOf, type Verdict, verdictOf } from './verdict.ts';

export function comparisonReport(definition: ExperimentDefinition, rows: readonly ExperimentRow[]): Analysis {
  const runs = rowsByRun(definition, rows, 'study').map(runEffects);
  const sections: (ReportSection | undefined)[] = [
    ...(runs.length === 0 ? [] : [lossSection(runs), conceptSection(runs), outcomeSection(runs)]),
    betweenRunsSection(runs),
    controlSection(definition, rows),
    bestOfSeedsSection(definition, rows),
    pairPictures(runs),
  ];
  return {
    verdict: comparisonVerdict(runs),
    sections: sections.filter((section) => section !== undefined),
  };
}

/**
 * Table 1: each run's loss changes as its task wants on the searched seeds, as the paper measures it; and where there is a held-out scorer it
 * says so too, as HPSv2 does there. Held-out seeds are beyond the paper, so they are told and do not decide.
 */
export function comparisonVerdict(runs: readonly RunEffects[]): Verdict {
  const verdict = verdictOf(runs.flatMap(runClauses));
  const heldOut = runs.flatMap((run) => effectOf(run, 'heldOut') ?? []).length;
  if (heldOut === 0) return verdict;
  const states = runs.map((run) => clauseFor(run, 'heldOut', '').state);
  const [kept, lost] = (['holds', 'contradicted'] as const).map(
    (wanted) => states.filter((state) => state === wanted).length,
  );
  const worse = lost === 0 ? '' : `, and ${lost} ${lost === 1 ? 'is' : 'are'} worse there than the original`;
  const keep = heldOut === 1 ? 'run keeps' : 'runs keep';
  const beyond = `On held-out seeds ${kept} of ${heldOut} ${keep} a gain whose interval excludes 0${worse}.`;
  return { ...verdict, beyond };
}

function runClauses(run: RunEffects): Clause[] {
  const verb = run.task === 'attack' ? 'rises' : 'falls';
  const judged = effectOf(run, 'judged') === undefined ? [] : ['judged' as const];
  return [
    clauseFor(run, 'searched', `${run.run}: the loss ${verb}`),
    ...judged.map((measure) =>
      clauseFor(run, measure, `${run.run}: by the scorer that had no part in the search it ${verb} too`),
    ),
  ];
}

function clauseFor(run: RunEffects, measure: LossMeasure, claim: string): Clause {
  const wanted = run.task === 'attack' ? 'above' : 'below';
  const effect = effectOf(run, measure);
  return clauseOf(
    { claim, wanted, as: 'difference', what: 'best minus original' },
    effect?.difference ?? null,
  );
}
