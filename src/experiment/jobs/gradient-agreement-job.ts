/** @file The shortcut gradient through K steps beside the full one, through all steps from noise: do they point the same way, and what does each cost? */
import type { Pipeline } from '../../diffusion/pipeline.ts';
import type { GradientAgreementRow } from '../experiment-row.ts';
import { parametersOf } from '../run-parameters.ts';
import { GradientProbe, type ProbedGradient } from './gradient-probe.ts';
import { type JobContext, originOf, type ResolvedJob } from './job-context.ts';
import { Stopwatch } from './stopwatch.ts';

/** The paper takes most of its gradients around the 20th of 50 steps. */
const USUAL_STEP = 0.4;

/** By pipeline and shape of the pictures: what was compiled already. */
const COMPILED = new WeakMap<Pipeline, Set<string>>();

/** Nothing is taken out of the store: times would be those of reading it. */
export async function gradientAgreementJob(
  context: JobContext,
  job: ResolvedJob,
): Promise<GradientAgreementRow> {
  const watch = new Stopwatch();
  const probe = new GradientProbe(context, job);
  const steps = probe.timesteps.length;
  const gradientSteps = job.gradientSteps === 'T' ? steps : job.gradientSteps!;
  const stepIndex = job.gradientSteps === 'T' ? 0 : shortcutStart(job, steps, gradientSteps);
  await compile(context, job, probe);
  const full = await timed(() => probe.at(0, steps, { mayBeKnown: false }));
  const isFull = stepIndex === 0 && gradientSteps === steps;
  const shortcut = isFull
    ? full
    : await timed(() => probe.at(stepIndex, gradientSteps, { mayBeKnown: false }));
  return {
    kind: 'gradient-agreement',
    ...originOf(job, { seconds: watch.seconds, unetCalls: shortcut.unetCalls }),
    gradientSteps,
    stepIndex,
    steps,
    cosine: cosine(shortcut.values, full.values),
    milliseconds: shortcut.milliseconds,
    fullMilliseconds: full.milliseconds,
  };
}

/** Where the run says, or where the paper would, or as late as so many steps fit. */
function shortcutStart({ spec }: ResolvedJob, steps: number, gradientSteps: number): number {
  const { stepIndex = Math.floor(USUAL_STEP * steps) } = parametersOf('gradient-agreement', spec);
  return Math.max(0, Math.min(stepIndex, steps - gradientSteps));
}

/** Two steps need every program that any number of steps needs. */
async function compile(
  { pipeline }: JobContext,
  { options }: ResolvedJob,
  probe: GradientProbe,
): Promise<void> {
  const compiled = COMPILED.get(pipeline) ?? new Set();
  COMPILED.set(pipeline, compiled);
  const shape = JSON.stringify([options.seeds, options.height, options.width, options.search, options.space]);
  if (compiled.has(shape)) return;
  await probe.at(0, Math.min(2, probe.timesteps.length), { mayBeKnown: false });
  compiled.add(shape);
}

async function timed(
  work: () => Promise<ProbedGradient>,
): Promise<ProbedGradient & { readonly milliseconds: number }> {
  const watch = new Stopwatch();
  const gradient = await work();
  return { ...gradient, milliseconds: watch.milliseconds };
}

function cosine(one: readonly number[], other: readonly number[]): number {
  const dot = one.reduce((sum, value, i) => sum + value * other[i], 0);
  return dot / (Math.hypot(...one) * Math.hypot(...other));
}
