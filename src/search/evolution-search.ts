/** @file Evolutionary prompt optimization alone (EPO; paper, section 6.2). */
import { conductSearch } from './conduct-search.ts';
import { evolve } from './evolution.ts';
import type { SearchEvent } from './search-event.ts';
import type { SearchOptions } from './search-options.ts';
import type { SearchProblem } from './search-problem.ts';

/** Evolution from a first population of the original and uniform draws. */
export async function* evolutionSearch(
  problem: SearchProblem,
  options: SearchOptions = {},
): AsyncGenerator<SearchEvent, void> {
  yield* conductSearch(problem, options, (session) => evolve(session, session.unseen.uniformDraws()));
}
