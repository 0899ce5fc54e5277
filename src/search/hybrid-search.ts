/** @file The full method: gradients first, then evolution from what they learned (paper, section 6.2). */
import { conductSearch } from './conduct-search.ts';
import { evolve } from './evolution.ts';
import { learnedDraws, learnWordDistribution, planGradientSteps } from './gradient-learning.ts';
import type { SearchEvent } from './search-event.ts';
import { resolveSearchOptions, type SearchOptions } from './search-options.ts';
import type { SearchProblem } from './search-problem.ts';

/** Learns the word distribution, then evolves a first population of its arg max and draws from it. */
export async function* hybridSearch(
  problem: SearchProblem,
  options: SearchOptions = {},
): AsyncGenerator<SearchEvent, void> {
  planGradientSteps(problem, resolveSearchOptions(options).gradient);
  yield* conductSearch(problem, options, async function* (session) {
    const distribution = yield* learnWordDistribution(session);
    yield* evolve(session, learnedDraws(session, distribution));
  });
}
