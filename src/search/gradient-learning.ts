/** @file Learns the word distribution by gradients (GPO; paper, section 6.1 and F.1), and proposes candidates from it. */
import { RmsProp } from './rmsprop.ts';
import type { GradientEvent } from './search-event.ts';
import type { ResolvedGradientOptions } from './search-options.ts';
import { requireTextGradient, type SearchProblem } from './search-problem.ts';
import type { SearchSession } from './search-session.ts';
import type { Candidate, SlotProbabilities } from './search-space.ts';
import { resolveStepSchedule, type StepPicker } from './step-schedule.ts';
import { WordDistribution } from './word-distribution.ts';

/**
 * Runs the gradient iterations and returns the distribution they leave.
 * Ends early where an iteration no longer fits: into its share of the budget, or beside one last evaluation.
 */
export async function* learnWordDistribution(
  session: SearchSession,
): AsyncGenerator<GradientEvent, WordDistribution> {
  const { space, rng } = session.problem;
  const options = session.options.gradient;
  const stepAt = planGradientSteps(session.problem, options);
  const distribution = new WordDistribution(space, options);
  const optimizer = new RmsProp(options);
  for (let iteration = 0; iteration < options.iterations; iteration++) {
    const stepIndex = stepAt(iteration, rng);
    if (!session.affordsGradient(stepIndex)) break;
    const relaxed = distribution.relax(distribution.sampleGumbel(rng));
    const result = await session.differentiate({ probabilities: relaxed, stepIndex });
    if (result === null) break;
    const gradient = distribution.logitGradient(relaxed, result.gradient);
    const gradientNorm = finiteOrNull(norm(gradient));
    // One value that is not finite would stay in the optimizer's state for good.
    if (gradientNorm !== null) distribution.shift(optimizer.changes(gradient));
    yield {
      type: 'gradient',
      iteration,
      stepIndex,
      loss: finiteOrNull(result.loss),
      gradientNorm,
      probabilities: distribution.probabilities().map((row) => [...row]),
      spent: session.spent,
    };
  }
  return distribution;
}

/**
 * The step of each gradient iteration; called before a search starts, so that a mistake costs no evaluation.
 * @throws {DpoError} INVALID_OPTION for a step beyond the steps, or without a text gradient.
 */
export function planGradientSteps(problem: SearchProblem, options: ResolvedGradientOptions): StepPicker {
  return resolveStepSchedule(options.schedule, requireTextGradient(problem).steps, options.iterations);
}

/** The arg max of the distribution, then draws from it; endless until the space is exhausted, never the same twice. */
export function* learnedDraws(
  session: SearchSession,
  distribution: WordDistribution,
): Generator<Candidate, void> {
  const { unseen, problem } = session;
  const likeliest = distribution.argMax();
  if (unseen.take(likeliest)) yield likeliest;
  yield* unseen.draws(() => distribution.draw(problem.rng));
}

function norm(rows: SlotProbabilities): number {
  return Math.hypot(...rows.map((row) => Math.hypot(...row)));
}

function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
