/** @file The presets as the table of `docs/presets.md`. */
import { PRESET_NAMES, type PresetName } from './preset-names.ts';
import { PRESETS, type PresetOptions, presetCalls } from './presets.ts';

/** Steps for which the costs are stated. */
const STEPS = 50;

/** Markdown: a row for each preset, with its options and the most that it costs. */
export function presetTable(): string {
  const rows = PRESET_NAMES.map((name) => [`\`${name}\``, ...optionCells(PRESETS[name]), ...costCells(name)]);
  const head = ['preset', 'budget', 'gradients', 'first population', 'UNet calls'];
  const lines = [[...head, "of the paper's"], head.concat('').map(() => '---'), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function optionCells({ budget, gradient, evolution, gradientRefresh = 1 }: PresetOptions): string[] {
  return [
    `${budget} evaluations`,
    `${gradient?.iterations ?? 20}, ${latentsText(gradientRefresh)}`,
    String(evolution?.population ?? 20),
  ];
}

function costCells(name: PresetName): string[] {
  const calls = presetCalls(name, STEPS);
  return [`${calls} at most`, percent(calls / presetCalls('paper', STEPS))];
}

function latentsText(refresh: number): string {
  if (refresh === 1) return 'each at its own latents';
  if (refresh === Number.POSITIVE_INFINITY) return "at the original's latents";
  return `${refresh} at one sampling's latents`;
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
