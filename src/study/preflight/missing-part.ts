/** @file Tells of a prompt that was to be searched too, and has no words for it. */
import type { PromptSearch, PromptSpace } from '../../words/prompt-space.ts';
import { searchOf } from '../../words/searched-slots.ts';
import type { PreflightFinding } from './preflight-finding.ts';

/** A warning where both prompts were to be searched and the space has words for one only. */
export function missingPartFindings(space: PromptSpace, asked: PromptSearch | undefined): PreflightFinding[] {
  const search = searchOf(space);
  if (asked !== 'both' || search === 'both') return [];
  const message =
    search === 'negative'
      ? 'No word of the prompt has a synonym that can be searched, so the negative prompt alone is.'
      : 'No word of the prompt has an opposite or a contrast that can be searched, so the prompt itself alone is.';
  return [{ severity: 'warning', check: 'missing-part', message }];
}
