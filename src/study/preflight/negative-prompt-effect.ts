/** @file Whether a negative prompt can do anything at all: it needs guidance above 1, and a model that was made for guidance. */
import type { Distillation } from './distilled-model.ts';
import type { PreflightFinding } from './preflight-finding.ts';

export interface NegativePromptUse {
  /** Whether it is searched, given by the user, or not there. */
  readonly negativePrompt: 'searched' | 'given' | 'none';
  readonly guidanceScale: number;
  readonly distillation: Distillation | undefined;
  /** The user says that the model takes guidance, whatever it looks like. */
  readonly allowDistilled: boolean;
}

/**
 * Searching what has no effect is refused. Sampling with it is only warned of: the pictures are what was asked for, and one
 * configuration may serve several models.
 */
export function negativePromptFindings(use: NegativePromptUse): PreflightFinding[] {
  const { negativePrompt, guidanceScale, distillation } = use;
  if (distillation !== undefined && !use.allowDistilled) {
    if (negativePrompt === 'searched') return [distilledRefusal(distillation)];
    if (guidanceScale > 1) return [guidanceWarning(distillation, guidanceScale)];
  }
  if (guidanceScale > 1 || negativePrompt === 'none') return [];
  return [negativePrompt === 'searched' ? noGuidanceRefusal(guidanceScale) : noEffectWarning(use)];
}

function distilledRefusal(distillation: Distillation): PreflightFinding {
  const message = `${distillationText(distillation)}: such a model is trained to be sampled without guidance, so a negative prompt has no effect on it and there is nothing to search. Take the model that it was distilled from, or search substitutes with attack --guidance 1. If it does take guidance, say so with --allow-distilled (in code: the option \`allowDistilled\`).`;
  return {
    severity: 'refusal',
    check: 'distilled',
    code: 'UNSUPPORTED_MODEL',
    message,
    details: { ...distillation, option: 'allowDistilled' },
  };
}

function guidanceWarning(distillation: Distillation, guidanceScale: number): PreflightFinding {
  const message = `${distillationText(distillation)}: guidance ${guidanceScale} spoils the pictures of such a model, and a negative prompt has no good effect. Use --guidance 1, unless the model was made for more.`;
  return { severity: 'warning', check: 'distilled', message };
}

/** The beginning of a sentence: that the model is, or seems to be, guidance-distilled, and by what. */
export function distillationText({ by, found, sign }: Distillation): string {
  switch (by) {
    case 'scheduler':
      return `The model is guidance-distilled by its scheduler, ${found}`;
    case 'name':
      return `The model ${found} seems to be guidance-distilled, by the word "${sign}" in its name`;
    case 'lora':
      return `With the LoRA ${found} the model seems to be guidance-distilled, by the word "${sign}" in the LoRA's name`;
  }
}

function noGuidanceRefusal(guidanceScale: number): PreflightFinding {
  const message = `The guidance scale must be above 1 to search a negative prompt, which has no effect without guidance, got ${guidanceScale}.`;
  const details = { option: 'guidance', value: guidanceScale };
  return { severity: 'refusal', check: 'no-guidance', code: 'INVALID_OPTION', message, details };
}

function noEffectWarning({
  guidanceScale,
  distillation,
  allowDistilled,
}: NegativePromptUse): PreflightFinding {
  const advice =
    distillation === undefined || allowDistilled
      ? 'use --guidance with more than 1'
      : 'the model seems to be made for that, so leave the negative prompt out';
  const message = `At guidance ${guidanceScale} the negative prompt has no effect; ${advice}.`;
  return { severity: 'warning', check: 'no-guidance', message };
}
