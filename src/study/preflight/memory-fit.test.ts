import { afterAll, describe, expect, it } from 'vitest';
import {
  eventsOf,
  ofType,
  QUICK_STUDY,
  SMALL_SPACE,
  STUDY_PROMPT,
} from '../../../tests/study/quick-study.ts';
import { MemoryEstimator } from '../../diffusion/estimate-memory.ts';
import type { VaeTiling } from '../../diffusion/vae-tiling.ts';
import type { MemoryMode } from '../../runtime/executor.ts';
import { resolveMemoryMode } from '../../runtime/onnxruntime/session-options.ts';
import { improve } from '../improve.ts';
import { loadPipeline } from '../load-pipeline.ts';
import { memoryText } from '../memory-text.ts';
import { fitMemory, type MemoryRequest } from './memory-fit.ts';

const pipeline = await loadPipeline({ threads: 1 });
const low = await loadPipeline({ threads: 1, memory: 'low' });
const fast = await loadPipeline({ threads: 1, memory: 'fast' });
afterAll(() => Promise.all([pipeline, low, fast].map((one) => one.release())));

/** What the gradient or sampling takes by the estimates that the check goes by. */
function needed(work: MemoryRequest['work'], side: number, memory: MemoryMode, vaeTiling: VaeTiling): number {
  const estimator = new MemoryEstimator(pipeline.model, [pipeline.scorer.clip!.folder], {
    width: side,
    height: side,
  });
  const way = { modeOf: resolveMemoryMode.bind(null, memory), vaeTiling };
  return work === 'gradient' ? estimator.gradientBytes(way) : estimator.samplingBytes(way);
}

const request = (
  work: MemoryRequest['work'],
  side: number,
  availableBytes: number,
  rest: Partial<MemoryRequest> = {},
): MemoryRequest => ({
  work,
  settings: pipeline.settings({ width: side, height: side, vaeTiling: rest.vaeTiling ?? 'auto' }),
  availableBytes,
  ...rest,
});

describe('fitMemory()', () => {
  it('leaves a run that fits as it was asked for', () => {
    const asked = { memory: 'auto', vaeTiling: 'off', warnings: [] };
    const needs = needed('gradient', 64, 'auto', 'off');
    expect(fitMemory(pipeline, request('gradient', 64, needs))).toEqual(asked);
    expect(fitMemory(pipeline, { work: 'gradient', settings: pipeline.settings() })).toEqual(asked);
  });

  it('goes to the fastest memory mode that fits, and says so', () => {
    for (const mode of ['balanced', 'low'] as const) {
      const available = needed('gradient', 64, mode, 'off');
      const fit = fitMemory(pipeline, request('gradient', 64, available));
      expect(fit).toMatchObject({ memory: mode, vaeTiling: 'off' });
      expect(fit.warnings).toEqual([
        expect.stringMatching(
          new RegExp(
            `^The text gradient at 64x64 would take about .* --memory ${mode} is used, which is slower`,
          ),
        ),
      ]);
    }
  });

  it('decodes in tiles only where no memory mode helps', () => {
    const tiled = needed('gradient', 512, 'low', 'on');
    expect(tiled).toBeLessThan(needed('gradient', 512, 'low', 'off'));
    expect(fitMemory(pipeline, request('gradient', 512, tiled))).toMatchObject({
      memory: 'low',
      vaeTiling: 'on',
      warnings: [expect.stringMatching(/--memory low and --vae-tiling on is used, which changes pixels/)],
    });
    expect(() => fitMemory(pipeline, request('gradient', 512, tiled, { vaeTiling: 'off' }))).toThrow(
      /^The text gradient at 512x512 .* Use --vae-tiling on \(about/,
    );
  });

  it('refuses what fits in no way, with what would help', () => {
    const available = needed('gradient', 64, 'low', 'off') - 1;
    expect(() => fitMemory(pipeline, request('gradient', 64, available))).toThrow(
      expect.objectContaining({
        code: 'NOT_ENOUGH_MEMORY',
        isUserError: true,
        message:
          `The text gradient at 64x64 would take about ${memoryText(available + 1)} with --memory low, and ${memoryText(available)} are available. ` +
          `Use --method evolution (about ${memoryText(needed('sampling', 64, 'low', 'off'))}), or a smaller --size; --ignore-memory (in code: \`ignoreMemory\`) starts it all the same.`,
        details: { neededBytes: available + 1, availableBytes: available },
      }) as unknown as Error,
    );
    expect(() => fitMemory(fast, request('sampling', 64, available))).toThrow(
      /^Sampling at 64x64 .* with --memory fast, .* Use --memory low \(about/,
    );
  });

  it('starts it all the same where the user says so', () => {
    const fit = fitMemory(low, request('sampling', 64, 1e6, { ignoreMemory: true }));
    expect(fit).toMatchObject({ memory: 'low', vaeTiling: 'off' });
    expect(fit.warnings).toEqual([expect.stringMatching(/1 MB are available; started all the same\.$/)]);
  });

  it('knows nothing of the memory of GPUs', () => {
    const { model, scorer, heldOutScorer, requestedMemory, memory, isMemorySettled } = pipeline;
    const rest = { model, scorer, heldOutScorer, requestedMemory, memory, isMemorySettled };
    const onGpu = { ...rest, execution: { device: 'cuda' } } as const;
    expect(fitMemory(onGpu, request('gradient', 64, 1)).warnings).toEqual([]);
  });
});

describe('a study', () => {
  const options = { ...QUICK_STUDY, steps: 1, budget: 1, heldOutSeeds: [], space: SMALL_SPACE } as const;

  it('is refused before it starts where its gradients do not fit, and runs by a method without them', async () => {
    const availableBytes = needed('sampling', 64, 'low', 'off');
    expect(() => improve(pipeline, STUDY_PROMPT, { ...options, availableBytes })).toThrow(
      /The text gradient at 64x64 would take/,
    );
    const events = await eventsOf(
      improve(pipeline, STUDY_PROMPT, { ...options, method: 'random', availableBytes }),
    );
    expect(ofType(events, 'warning')).toEqual([
      { type: 'warning', message: expect.stringMatching(/^Sampling at 64x64 .* --memory low is used/) },
    ]);
    expect(pipeline.memory).toBe('low');
    expect(pipeline.requestedMemory).toBe('auto');
    expect(ofType(events, 'candidate')).toHaveLength(1);
  });

  it('goes on as its pipeline began, whose programs are there', async () => {
    expect(pipeline.isMemorySettled).toBe(true);
    const events = await eventsOf(improve(pipeline, STUDY_PROMPT, { ...options, method: 'random' }));
    expect(ofType(events, 'warning')).toEqual([]);
    expect(pipeline.memory).toBe('low');
    const availableBytes = needed('sampling', 64, 'low', 'off') - 1;
    const start = () => improve(pipeline, STUDY_PROMPT, { ...options, method: 'random', availableBytes });
    expect(start).toThrow(/would take about .* with --memory low/);
  });

  it('says in its record that it decoded in tiles', async () => {
    const size = { width: 128, height: 128, method: 'random' } as const;
    const availableBytes = needed('sampling', 128, 'low', 'on');
    const study = improve(pipeline, STUDY_PROMPT, { ...options, ...size, vaeTiling: 'on', availableBytes });
    const [started] = ofType(await eventsOf(study), 'started');
    expect(started.settings.vaeTiling).toBe('on');
  });
});
