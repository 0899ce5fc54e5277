/** @file The command that makes a study's best pictures again. */
import { shellCommand } from '../study/shell-command.ts';
import { sizeConditioningTexts } from '../study/size-conditioning-text.ts';
import type { StudyResult } from '../study/study-result.ts';
import { kebabCase } from './option-spec.ts';
import type { CliOptions } from './shared-options.ts';

/** Options that shape a picture, and where it is computed. */
const CARRIED = [
  'model',
  'pipelineConfig',
  'predictionType',
  'variant',
  'loss',
  'steps',
  'guidance',
  'scheduler',
  'spacing',
  'eta',
  'device',
  'precision',
  'memory',
  'vaeTiling',
] as const;

/** One line for a POSIX shell; `options` are those of the study. */
export function generateCommandLine({ best, seeds }: StudyResult, options: CliOptions): string {
  const { size } = options;
  const negative = best.negativePrompt === '' ? [] : ['--negative', best.negativePrompt];
  const carried = CARRIED.filter((name) => options[name] !== undefined).flatMap((name) => [
    `--${kebabCase(name)}`,
    String(options[name]),
  ]);
  return shellCommand([
    ...['npx', 'dpo-diff', 'generate'],
    ...(best.prompt.startsWith('-') ? [] : [best.prompt]),
    ...negative,
    ...['--seeds', seeds.join(',')],
    ...carried,
    ...(options.karras ? ['--karras'] : []),
    ...(options.ignoreMemory ? ['--ignore-memory'] : []),
    ...(options.scorer ?? []).flatMap((scorer) => ['--scorer', scorer]),
    ...(options.lora ?? []).flatMap(({ path, scale }) => ['--lora', `${path}:${scale}`]),
    ...(size ? ['--size', `${size.width}x${size.height}`] : []),
    ...sizeConditioningTexts(options).flatMap(({ option, text }) => [`--${option}`, text]),
    ...(best.prompt.startsWith('-') ? ['--', best.prompt] : []),
  ]);
}
