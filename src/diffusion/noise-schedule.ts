/** @file How much of the picture is left at each training timestep: `alphaBar_t` of the paper's formula (3). */
import type { SchedulerConfig } from '../checkpoint/scheduler-config.ts';

/** `alphaBar[t]` for t = 0 … numTrainTimesteps − 1, falling from nearly 1 to nearly 0. */
export function alphaBars(config: SchedulerConfig): Float64Array {
  let product = 1;
  const bars = Float64Array.from(betas(config), (beta) => {
    product *= 1 - beta;
    return product;
  });
  return config.rescaleBetasZeroSnr ? withZeroTerminalSnr(bars) : bars;
}

/** Shifts and scales sqrt(alphaBar) so that the last timestep is pure noise (Lin et al., 2023, algorithm 1). */
function withZeroTerminalSnr(bars: Float64Array): Float64Array {
  const first = Math.sqrt(bars[0]);
  const last = Math.sqrt(bars.at(-1)!);
  return bars.map((bar) => (((Math.sqrt(bar) - last) * first) / (first - last)) ** 2);
}

function betas(config: SchedulerConfig): readonly number[] {
  if (config.trainedBetas) return config.trainedBetas;
  const { numTrainTimesteps: count, betaStart, betaEnd } = config;
  switch (config.betaSchedule) {
    case 'linear':
      return linspace(betaStart, betaEnd, count);
    case 'scaled_linear':
      return linspace(Math.sqrt(betaStart), Math.sqrt(betaEnd), count).map((root) => root * root);
    case 'squaredcos_cap_v2':
      return Array.from({ length: count }, (_, t) =>
        Math.min(1 - cosineBar((t + 1) / count) / cosineBar(t / count), 0.999),
      );
  }
}

/** Nichol and Dhariwal (2021), formula 17. */
function cosineBar(progress: number): number {
  return Math.cos((((progress + 0.008) / 1.008) * Math.PI) / 2) ** 2;
}

function linspace(start: number, end: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => start + ((end - start) * i) / Math.max(count - 1, 1));
}
