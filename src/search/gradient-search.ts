/** @file Gradient-based prompt optimization alone (GPO; paper, section 6.1). */
import { conductSearch } from './conduct-search.ts';
import { learnedDraws, learnWordDistribution, planGradientSteps } from './gradient-learning.ts';
import type { SearchEvent } from './search-event.ts';
import { resolveSearchOptions, type SearchOptions } from './search-options.ts';
import type { SearchProblem } from './search-problem.ts';

/** Learns the word distribution, then evaluates its arg max and draws from it until the budget ends. */
export async function* gradientSearch(
  problem: SearchProblem,
  options: SearchOptions = {},
): AsyncGenerator<SearchEvent, void> {
  planGradientSteps(problem, resolveSearchOptions(options).gradient);
  yield* conductSearch(problem, options, async function* (session) {
    const distribution = yield* learnWordDistribution(session);
    yield* session.evaluate([{ draws: learnedDraws(session, distribution) }], { phase: 'gradient' });
  });
}
