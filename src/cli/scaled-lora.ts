/** @file `--lora FILE:0.7`: a file and, after the last colon, how much of it. */
import { existsSync } from 'node:fs';
import type { LoraSpec } from '../checkpoint/lora/apply-loras.ts';

const SCALED = /^(.+):([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)$/is;
/** What follows the end of such a file's name is meant as a scale, whatever it is. */
const MEANT_AS_SCALE = /\.(?:safetensors|sft):[^/\\]*$/i;

/**
 * What stands after the last colon is the scale where it is a number, unless there is a file of that whole name; so
 * `C:\style.safetensors` has none. Undefined for an empty path and for a scale that is no finite number.
 */
export function scaledLora(
  text: string,
  exists: (path: string) => boolean = existsSync,
): LoraSpec | undefined {
  if (text.trim() === '') return undefined;
  if (exists(text)) return { path: text, scale: 1 };
  const match = SCALED.exec(text);
  if (!match) return MEANT_AS_SCALE.test(text) ? undefined : { path: text, scale: 1 };
  const scale = Number(match[2]);
  return Number.isFinite(scale) ? { path: match[1]!, scale } : undefined;
}
