/** @file Whether a search finds a better picture than as many UNet calls spent on other seeds. The paper does not ask. */
import type { StudyRow } from '../experiment-row.ts';
import { estimateOver, isFiniteNumber } from './measured-mean.ts';
import { type RunRows, rowPairs } from './rows-by-run.ts';
import { type Claim, type Clause, clauseOf, type Verdict, verdictOf } from './verdict.ts';

/** A statement for each search with each way to draw seeds for the same task; the same prompt and search seed are compared. */
export function bestOfSeedsVerdict(
  searches: readonly RunRows<'study'>[],
  seeds: readonly RunRows<'best-of-seeds'>[],
): Verdict {
  return verdictOf(
    searches.flatMap((search) =>
      seeds.filter(({ task }) => task === search.task).map((drawn) => clause(search, drawn)),
    ),
  );
}

function clause(search: RunRows<'study'>, drawn: RunRows<'best-of-seeds'>): Clause {
  const differences = rowPairs(search.rows, drawn.rows).flatMap(([row, { promptIndex, best }]) => {
    const found = bestPicture(row);
    // Where no picture could be scored, the stored loss is null.
    return found === undefined || !isFiniteNumber(best.loss)
      ? []
      : [{ promptIndex, value: found - best.loss }];
  });
  const claim: Claim = {
    claim: `${search.run} finds a better picture than ${drawn.run}`,
    what: `loss of the best picture, ${search.run} minus ${drawn.run}`,
    ...{ wanted: search.task === 'attack' ? 'above' : 'below', as: 'difference' },
  };
  return clauseOf(claim, estimateOver(differences));
}

/** Its loss, of those on the searched seeds: an attack wants a high one. Undefined where none could be scored. */
function bestPicture({ task, best }: StudyRow): number | undefined {
  const losses = best.losses.filter(isFiniteNumber);
  if (losses.length === 0) return undefined;
  return task === 'attack' ? Math.max(...losses) : Math.min(...losses);
}
