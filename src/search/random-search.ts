/** @file Random search, the baseline: uniform draws from the space (paper, section 7). */
import { conductSearch } from './conduct-search.ts';
import type { SearchEvent } from './search-event.ts';
import type { SearchOptions } from './search-options.ts';
import type { SearchProblem } from './search-problem.ts';

/** Evaluates the original, then uniform draws without repetition, until the budget or the space ends. */
export async function* randomSearch(
  problem: SearchProblem,
  options: SearchOptions = {},
): AsyncGenerator<SearchEvent, void> {
  yield* conductSearch(problem, options, (session) =>
    session.evaluate([{ draws: session.unseen.uniformDraws() }], { phase: 'random' }),
  );
}
