/** @file What is searched, and by what means. */
import { DpoError } from '../errors.ts';
import type { Objective, TextGradient } from './objective.ts';
import type { Rng } from './rng.ts';
import type { SearchSpace } from './search-space.ts';

export interface SearchProblem {
  readonly space: SearchSpace;
  readonly objective: Objective;
  /** Needed by gradient and hybrid search. */
  readonly textGradient?: TextGradient;
  /** All randomness of the search; the same state gives the same events. */
  readonly rng: Rng;
  /** A clock in milliseconds; needed only for a budget in seconds. */
  readonly now?: () => number;
}

/**
 * The text gradient, for the methods that cannot do without.
 * @throws {DpoError} INVALID_OPTION when there is none.
 */
export function requireTextGradient({ textGradient }: SearchProblem): TextGradient {
  if (textGradient !== undefined) return textGradient;
  throw new DpoError(
    'INVALID_OPTION',
    'Gradient and hybrid search need a text gradient, but this objective has none. Choose the method "evolution" or "random", or a differentiable scorer.',
    { details: { option: 'method' } },
  );
}
