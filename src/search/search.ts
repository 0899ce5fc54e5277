/** @file The searches by name. */
import { DpoError } from '../errors.ts';
import { evolutionSearch } from './evolution-search.ts';
import { planGradientSteps } from './gradient-learning.ts';
import { gradientSearch } from './gradient-search.ts';
import { hybridSearch } from './hybrid-search.ts';
import { randomSearch } from './random-search.ts';
import type { SearchEvent } from './search-event.ts';
import { resolveSearchOptions, type SearchOptions } from './search-options.ts';
import type { SearchProblem } from './search-problem.ts';
import { assertSearchable } from './searchable-space.ts';

const SEARCHES = {
  hybrid: hybridSearch,
  gradient: gradientSearch,
  evolution: evolutionSearch,
  random: randomSearch,
};

export type SearchMethod = keyof typeof SEARCHES;

/** The methods, the paper's own first. */
export const SEARCH_METHODS = Object.keys(SEARCHES) as readonly SearchMethod[];

/**
 * Runs a search as a stream of events; the last is `finished`.
 * @throws {DpoError} INVALID_OPTION or INVALID_SPACE, at once, before anything is evaluated.
 */
export function runSearch(
  method: SearchMethod,
  problem: SearchProblem,
  options: SearchOptions = {},
): AsyncGenerator<SearchEvent, void> {
  assertMethod(method);
  assertSearchable(problem.space);
  const { gradient } = resolveSearchOptions(options);
  if (usesGradient(method)) planGradientSteps(problem, gradient);
  return SEARCHES[method](problem, options);
}

/** Whether a method follows the text gradient. */
export function usesGradient(method: SearchMethod): boolean {
  return method === 'hybrid' || method === 'gradient';
}

function assertMethod(method: string): asserts method is SearchMethod {
  if (Object.hasOwn(SEARCHES, method)) return;
  throw new DpoError(
    'INVALID_OPTION',
    `There is no search method "${method}". The methods are ${SEARCH_METHODS.join(', ')}.`,
    { details: { option: 'method', value: method, allowed: SEARCH_METHODS } },
  );
}
