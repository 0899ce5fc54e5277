/** @file How a picture was made, as the text that AUTOMATIC1111's web UI writes and the ecosystem's tools read back. */
import { SAMPLERS } from '../diffusion/schedulers/scheduler-names.ts';
import type { PictureSettings } from './recorded-settings.ts';
import { sizeConditioningTexts } from './size-conditioning-text.ts';
import { asWebUiText } from './web-ui-text.ts';

/** The keyword of the PNG text chunk that holds the text. */
export const PARAMETERS_KEYWORD = 'parameters';

export interface GeneratedPicture {
  readonly prompt: string;
  /** Empty for none. */
  readonly negativePrompt: string;
  readonly seed: number;
  readonly settings: PictureSettings;
}

/**
 * The prompts are escaped, so that a web UI makes the same picture: brackets are text here and would be weights there.
 * The prompt, then `Negative prompt: …` where there is one, then a line of `Key: value` pairs.
 * Values with commas, colons, quotes or line breaks are written as JSON strings. The form cannot tell a prompt's own line that
 * starts with "Negative prompt:" from the negative prompt; `result.json` can.
 */
export function generationParameters({ prompt, negativePrompt, seed, settings }: GeneratedPicture): string {
  const lines = [asWebUiText(prompt.trim())];
  if (negativePrompt.trim() !== '') lines.push(`Negative prompt: ${asWebUiText(negativePrompt.trim())}`);
  const pairs = settingPairs(seed, settings).map(([key, value]) => `${key}: ${quoted(String(value))}`);
  return [...lines, pairs.join(', ')].join('\n');
}

function settingPairs(seed: number, settings: PictureSettings): [key: string, value: string | number][] {
  return [
    ['Steps', settings.steps],
    ['Sampler', settings.sampler],
    ...scheduleType(settings),
    ['CFG scale', settings.guidanceScale],
    ['Seed', seed],
    ['Size', `${settings.width}x${settings.height}`],
    ['Model', settings.model],
    ...sizeConditioningTexts(settings).map(({ label, text }): [string, string] => [label, text]),
    ...loraPair(settings),
    ...(settings.eta === 0 ? [] : ([['Eta DDIM', settings.eta]] as [string, number][])),
    ...timestepSpacing(settings),
    ...(settings.vaeTiling === 'on' ? ([['VAE tiling', 'on']] as [string, string][]) : []),
    // Where the noise comes from: the same seed gives another picture with a GPU's generator.
    ['RNG', 'CPU'],
    ['Device', settings.device],
    ['Precision', settings.precision],
  ];
}

/** What the web UI has said since 1.9, and without which it takes Karras' sigmas with some samplers and not with others. */
function scheduleType({ scheduler, karrasSigmas }: PictureSettings): [string, string][] {
  if (!SAMPLERS[scheduler].hasSigmas) return [];
  return [['Schedule type', karrasSigmas ? 'Karras' : 'Uniform']];
}

/** Where it is not the sampler's usual one. The web UI has no such setting; other readers show it as it is. */
function timestepSpacing({ scheduler, timestepSpacing: spacing }: PictureSettings): [string, string][] {
  return spacing === null || spacing === SAMPLERS[scheduler].spacing ? [] : [['Timestep spacing', spacing]];
}

/** Name, scale and the beginning of the hash, by which the ecosystem knows a file. */
function loraPair({ loras = [] }: PictureSettings): [string, string][] {
  const texts = loras.map(({ name, scale, sha256 }) => `${name}:${scale} (${sha256.slice(0, 12)})`);
  return texts.length === 0 ? [] : [['Lora', texts.join(', ')]];
}

function quoted(value: string): string {
  return /^\s|[,:"\\\n\r\u2028\u2029]|\s$/.test(value) || value === '' ? JSON.stringify(value) : value;
}
