/** @file The frame of every method: the original first, then the method's plan, then the last event. */
import type { SearchEvent } from './search-event.ts';
import { resolveSearchOptions, type SearchOptions } from './search-options.ts';
import type { SearchProblem } from './search-problem.ts';
import { SearchSession } from './search-session.ts';

/** What a method does after the original was evaluated. It returns when it is done or the session stops. */
export type SearchPlan = (session: SearchSession) => AsyncGenerator<SearchEvent, void>;

/**
 * Runs `plan` between the evaluation of the original and the `finished` event.
 * An error of the objective ends the stream as it is; the events before it stand.
 */
export async function* conductSearch(
  problem: SearchProblem,
  options: SearchOptions,
  plan: SearchPlan,
): AsyncGenerator<SearchEvent, void> {
  const session = new SearchSession(problem, resolveSearchOptions(options));
  try {
    yield* session.evaluateOriginal();
    yield* plan(session);
    yield session.finish();
  } finally {
    session.dispose();
  }
}
