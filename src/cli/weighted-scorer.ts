/** @file `--scorer DIR:0.5`: a place and, after the last colon, a weight. */
import { existsSync } from 'node:fs';
import type { WeightedScorer } from '../diffusion/scorer.ts';

const WEIGHTED = /^(.+):([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)$/is;

/**
 * What stands after the last colon is the weight where it is a number, unless there is a file or folder of that whole name.
 * So `C:\clip`, `org/name@main:0.5` and a folder called `clip:2` all mean what they seem to.
 */
export function weightedScorer(
  text: string,
  exists: (path: string) => boolean = existsSync,
): WeightedScorer<string> {
  const match = WEIGHTED.exec(text);
  if (!match || exists(text)) return { scorer: text, weight: 1, source: text };
  return { scorer: match[1], weight: Number(match[2]), source: match[1] };
}
