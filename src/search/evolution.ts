/** @file Evolution (EPO; paper, section 6.2 and F.1): the loop over generations, wherever the first comes from. */
import { crossover } from './crossover.ts';
import { mutate } from './mutation.ts';
import type { Rng } from './rng.ts';
import type { ProposalSource } from './screened-proposals.ts';
import type { SearchEvent } from './search-event.ts';
import type { SearchSession } from './search-session.ts';
import type { Candidate } from './search-space.ts';

/**
 * Evaluates the first population from `founders` (the original is already in it), then generations bred from the best
 * of everything evaluated so far. A generation's last members may be uniform draws, where breeding gives nothing new.
 */
export async function* evolve(
  session: SearchSession,
  founders: Iterator<Candidate>,
): AsyncGenerator<SearchEvent, void> {
  const { population, parents, generations } = session.options.evolution;
  const newcomers = { draws: founders, count: population - 1 };
  yield* session.evaluate([newcomers], { phase: 'evolution', generation: 0 });
  for (let generation = 1; generation <= generations && session.stopReason === null; generation++) {
    const before = session.evaluations;
    const offspring = breed(session, session.top(parents));
    yield* session.evaluate(offspring, { phase: 'evolution', generation });
    // All of it was rejected, so the next would have the same parents.
    if (session.evaluations === before) return;
  }
}

/** A generation: the mutants, then the children. Fewer only when the space is exhausted, or nearly all are rejected. */
function breed(session: SearchSession, parents: readonly Candidate[]): ProposalSource[] {
  const { problem, options, unseen } = session;
  const { space, rng } = problem;
  const { mutants, children, mutationProbability } = options.evolution;
  const mutant = () => mutate(pick(parents, rng), space, mutationProbability, rng);
  const child = () => {
    const [mother, father] = pickTwo(parents, rng);
    return crossover(mother, father, rng);
  };
  // No valid candidate yet: there is no one to inherit from. A single parent has mutants only.
  return [
    { draws: parents.length < 1 ? unseen.uniformDraws() : unseen.draws(mutant), count: mutants },
    { draws: parents.length < 2 ? unseen.uniformDraws() : unseen.draws(child), count: children },
  ];
}

function pick<T>(values: readonly T[], rng: Rng): T {
  return values[rng.integer(values.length)];
}

/** Two different members, in either order; `values` has at least two. */
function pickTwo<T>(values: readonly T[], rng: Rng): [T, T] {
  const one = rng.integer(values.length);
  const other = rng.integer(values.length - 1);
  return [values[one], values[other < one ? other : other + 1]];
}
