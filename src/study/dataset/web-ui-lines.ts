/** @file Lines for the script "Prompts from file or textbox" of AUTOMATIC1111's web UI and its descendants. */
import { SAMPLERS } from '../../diffusion/schedulers/scheduler-names.ts';
import type { PictureSettings } from '../recorded-settings.ts';
import { asWebUiText, hasWebUiCommand } from '../web-ui-text.ts';
import type { DatasetRow } from './dataset-row.ts';

/** Whether the web UI would read both prompts as the text that was searched. */
export function canBeWebUiLines({ optimizedPrompt, negativePrompt }: DatasetRow): boolean {
  return ![optimizedPrompt, negativePrompt].some(hasWebUiCommand);
}

/** A line for each searched seed, with the settings that the script knows. It splits lines as a POSIX shell does. */
export function webUiLines({ optimizedPrompt, negativePrompt, seeds, ...row }: DatasetRow): string[] {
  const settings = row.settings as unknown as PictureSettings;
  const negative = negativePrompt === '' ? [] : ['--negative_prompt', quoted(asWebUiText(negativePrompt))];
  return seeds.map((seed) =>
    [
      ...['--prompt', quoted(asWebUiText(optimizedPrompt) + loraText(settings))],
      ...negative,
      ...['--steps', settings.steps, '--cfg_scale', settings.guidanceScale, '--seed', seed],
      ...['--width', settings.width, '--height', settings.height],
      ...samplerWords(settings),
    ].join(' '),
  );
}

/** The web UI has no DDPM; without the word it takes the sampler that is chosen there. */
function samplerWords({ scheduler, sampler, karrasSigmas }: PictureSettings): string[] {
  if (scheduler === 'ddpm') return [];
  // The script has no word for the schedule; the sampler's old name, which newer versions still read, has it within.
  const schedule = karrasSigmas && SAMPLERS[scheduler].hasSigmas ? ' Karras' : '';
  return ['--sampler_name', quoted(`${sampler}${schedule}`)];
}

function loraText({ loras = [] }: PictureSettings): string {
  return loras.map(({ name, scale }) => ` <lora:${name}:${scale}>`).join('');
}

/** As one word of a POSIX shell's line; a line cannot be broken, so breaks become spaces. */
function quoted(text: string): string {
  const line = text.replace(/\s*[\n\r\u0085\u2028\u2029]\s*/g, ' ');
  return `"${line.replace(/[\\"]/g, '\\$&')}"`;
}
