import { describe, expect, it } from 'vitest';
import { DpoError } from '../../errors.ts';
import type { Distillation } from './distilled-model.ts';
import { type NegativePromptUse, negativePromptFindings } from './negative-prompt-effect.ts';
import { warningsOf } from './preflight-finding.ts';

const TURBO: Distillation = { by: 'name', found: 'stabilityai/sd-turbo', sign: 'turbo' };

function look(use: Partial<NegativePromptUse>): string[] {
  const findings = negativePromptFindings({
    negativePrompt: 'none',
    guidanceScale: 7.5,
    distillation: undefined,
    allowDistilled: false,
    ...use,
  });
  return findings.map(({ severity, check }) => `${severity} ${check}`);
}

describe('negativePromptFindings()', () => {
  it.each([
    [{ negativePrompt: 'searched' }, []],
    [{ negativePrompt: 'given' }, []],
    [{ negativePrompt: 'searched', guidanceScale: 1 }, ['refusal no-guidance']],
    [{ negativePrompt: 'given', guidanceScale: 1 }, ['warning no-guidance']],
    [{ guidanceScale: 1 }, []],
    [{ negativePrompt: 'searched', distillation: TURBO }, ['refusal distilled']],
    [{ negativePrompt: 'searched', distillation: TURBO, guidanceScale: 1 }, ['refusal distilled']],
    [{ negativePrompt: 'searched', distillation: TURBO, allowDistilled: true }, []],
    [
      { negativePrompt: 'searched', distillation: TURBO, allowDistilled: true, guidanceScale: 1 },
      ['refusal no-guidance'],
    ],
    [{ negativePrompt: 'given', distillation: TURBO }, ['warning distilled']],
    [{ negativePrompt: 'given', distillation: TURBO, guidanceScale: 1 }, ['warning no-guidance']],
    [{ distillation: TURBO }, ['warning distilled']],
    [{ distillation: TURBO, allowDistilled: true }, []],
    [{ distillation: TURBO, guidanceScale: 1 }, []],
  ] as [Partial<NegativePromptUse>, string[]][])('says of %j: %j', (use, expected) => {
    expect(look(use)).toEqual(expected);
  });

  it.each([
    [TURBO, /^The model stabilityai\/sd-turbo seems .* by the word "turbo" in its name: .*--allow-distilled/],
    [{ by: 'lora', found: 'lcm-lora.safetensors', sign: 'lcm' }, /^With the LoRA lcm-lora.* word "lcm" in/],
    [{ by: 'scheduler', found: 'LCMScheduler', sign: 'LCMScheduler' }, /by its scheduler, LCMScheduler: /],
  ] as [Distillation, RegExp][])('says by what it was recognised: %j', (distillation, message) => {
    const use = {
      negativePrompt: 'searched',
      guidanceScale: 5,
      distillation,
      allowDistilled: false,
    } as const;
    const refuse = () => warningsOf(negativePromptFindings(use));
    expect(refuse).toThrow(message);
    expect(refuse).toThrow(DpoError);
    expect(refuse).toThrow(
      expect.objectContaining({ code: 'UNSUPPORTED_MODEL', isUserError: true }) as unknown as Error,
    );
  });
});
