/** @file Whether a search finds a better picture than as many UNet calls spent on other seeds. The paper does not ask. */
import type { StudyRow } from '../experiment-row.ts';
import { estimateOver } from './measured-mean.ts';
import type { RunRows } from './rows-by-run.ts';
import { type Claim, clauseOf, type Verdict, verdictOf } from './verdict.ts';

/** A statement for each search with each way to draw seeds, prompt by prompt. */
export function bestOfSeedsVerdict(
  searches: readonly RunRows<'study'>[],
  seeds: readonly RunRows<'best-of-seeds'>[],
): Verdict {
  return verdictOf(searches.flatMap((search) => seeds.map((drawn) => clause(search, drawn))));
}

function clause(search: RunRows<'study'>, drawn: RunRows<'best-of-seeds'>) {
  const byPrompt = new Map(drawn.rows.map(({ promptIndex, best }) => [promptIndex, best.loss]));
  const differences = search.rows.flatMap((row) => {
    const [found, other] = [bestPicture(row), byPrompt.get(row.promptIndex)];
    return other === undefined ? [] : [{ promptIndex: row.promptIndex, value: found - other }];
  });
  const claim: Claim = {
    claim: `${search.run} finds a better picture than ${drawn.run}`,
    what: `loss of the best picture, ${search.run} minus ${drawn.run}`,
    ...{ wanted: 'below', as: 'difference' },
  };
  return clauseOf(claim, estimateOver(differences));
}

/** Of those on the searched seeds. */
function bestPicture({ best: { losses } }: StudyRow): number {
  return Math.min(...losses.filter(Number.isFinite));
}
