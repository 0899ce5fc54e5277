/**
 * @file PNDM (Liu et al., 2022) in its linear multistep form, which others call PLMS: noise extrapolated from up to four steps. The first step is
 * taken twice, so that N steps are N + 1 model evaluations; the paper's Runge-Kutta warm-up, which Stable Diffusion switches off, is not built.
 */
import { alphaBars } from '../noise-schedule.ts';
import { LinearCombination } from './linear-combination.ts';
import { alphaLevel, applied, noiseMap } from './noise-level.ts';
import type { SamplerInputs } from './sampler-inputs.ts';
import type { SchedulerTable } from './scheduler.ts';
import { spacedTimesteps } from './timesteps.ts';

/** Adams-Bashforth of orders 1 to 4, the newest output first: formula (12) of the paper. */
const EXTRAPOLATIONS: readonly (readonly number[])[] = [
  [1],
  [3 / 2, -1 / 2],
  [23 / 12, -16 / 12, 5 / 12],
  [55 / 24, -59 / 24, 37 / 24, -9 / 24],
];

export function pndm({ config, steps, spacing, endsNoiseless }: SamplerInputs): SchedulerTable {
  const bars = alphaBars(config);
  const stride = Math.floor(bars.length / steps);
  const places = { steps, total: bars.length, spacing, offset: config.stepsOffset };
  const spaced = spacedTimesteps(places);
  // The second place is visited twice: where the first step ends, and where it is then taken again.
  const timesteps = [...spaced.slice(0, 2), ...spaced.slice(1)];
  const rows = timesteps.map((timestep, index) => {
    const from = index === 1 ? timestep + stride : timestep;
    const start = LinearCombination.of('sample', index === 1 ? 0 : index);
    const [alphaBar, alphaBarNext] = [bars[Math.min(from, bars.length - 1)], bars[from - stride]];
    const end = alphaBarNext ?? (endsNoiseless ? 1 : bars[0]);
    const noise = applied(
      noiseMap(alphaLevel(alphaBar), config.predictionType),
      start,
      extrapolatedOutput(index),
    );
    // Formula (11) of the paper.
    const slope =
      (end - alphaBar) / (alphaBar * Math.sqrt(1 - end) + Math.sqrt(alphaBar * (1 - alphaBar) * end));
    const next = start.times(Math.sqrt(end / alphaBar)).minus(noise.times(slope));
    return { timestep, level: alphaLevel(bars[timestep]), next };
  });
  return { steps: rows };
}

function extrapolatedOutput(index: number): LinearCombination {
  const output = (step: number) => LinearCombination.of('output', step);
  // The step that is taken again goes by the mean of both ends, and its second output is not used further.
  if (index === 1)
    return output(0)
      .plus(output(1))
      .times(1 / 2);
  const past = [index, index - 1, index - 2, index - 3].map((step) => (step === 1 ? 0 : step));
  const known = index === 0 ? [0] : past.filter((step, i) => step >= 0 && past.indexOf(step) === i);
  return EXTRAPOLATIONS[known.length - 1].reduce(
    (sum, weight, i) => sum.plus(output(known[i]).times(weight)),
    LinearCombination.zero,
  );
}
