/** @file The command that makes a study's best pictures again. */
import { shellCommand } from '../study/shell-command.ts';
import type { StudyResult } from '../study/study-result.ts';
import { kebabCase } from './option-spec.ts';
import type { CliOptions } from './shared-options.ts';

/** Options that shape a picture, and where it is computed. */
const CARRIED = [
  'model',
  'pipelineConfig',
  'predictionType',
  'variant',
  'scorer',
  'steps',
  'guidance',
  'eta',
  'device',
  'memory',
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
    ...(options.lora ?? []).flatMap(({ path, scale }) => ['--lora', `${path}:${scale}`]),
    ...(size ? ['--size', `${size.width}x${size.height}`] : []),
    ...(best.prompt.startsWith('-') ? ['--', best.prompt] : []),
  ]);
}
