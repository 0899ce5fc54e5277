import { afterAll, describe, expect, it } from 'vitest';
import { SMALL_SPACE, STUDY_PROMPT } from '../../tests/study/quick-study.ts';
import { KeptTrajectories, type KeptTrajectoriesOptions } from './kept-trajectories.ts';
import { loadPipeline } from './load-pipeline.ts';
import { PromptGradient } from './prompt-gradient.ts';
import { promptVariants } from './prompt-variants.ts';
import { NO_ACCELERATION } from './resolve-acceleration.ts';
import { SearchSampler } from './search-sampler.ts';

const pipeline = await loadPipeline({ threads: 1 });
afterAll(() => pipeline.release());

const settings = pipeline.settings({ steps: 6, guidanceScale: 5, scheduler: 'dpm++2m' });
const seeds = [1, 2];
const likely = [Float64Array.of(0.7, 0.3), Float64Array.of(0.4, 0.6)];
const unlikely = [Float64Array.of(0.2, 0.8), Float64Array.of(0.9, 0.1)];

function gradientOf(kept?: Partial<KeptTrajectoriesOptions>, gradientSteps = 1) {
  let calls = 0;
  const options = { settings, seeds, refreshEvery: 3, ...kept };
  const text = new PromptGradient(pipeline, {
    target: STUDY_PROMPT,
    variants: promptVariants(SMALL_SPACE),
    ...{ seeds, settings, gradientSteps, sign: 1 },
    ...(kept && { trajectories: new KeptTrajectories(pipeline, options) }),
    exactSteps: 12,
    onUnetCall: (pictures) => {
      calls += pictures;
    },
  });
  return { text, calls: () => calls };
}

/** What it said that it would cost, and the UNet calls for each seed that it took. */
async function iterate(
  { text, calls }: ReturnType<typeof gradientOf>,
  probabilities: typeof likely,
  stepIndex: number,
) {
  const [cost, before] = [text.cost(stepIndex), calls()];
  const result = await text.gradient({ probabilities, stepIndex });
  return { ...result, cost, calls: (calls() - before) / seeds.length };
}

describe('gradients at kept latents', () => {
  it('are those of fresh latents where a sampling is due, and cost what they take where none is', async () => {
    const kept = gradientOf({});
    const fresh = await iterate(gradientOf(), likely, 2);
    const first = await iterate(kept, likely, 2);
    expect([first.loss, ...first.gradient]).toEqual([fresh.loss, ...fresh.gradient]);
    // The paper counts t / T; the two passes count where they are most of it.
    expect([fresh.cost, first.cost]).toEqual([2 / 12, 4 / 12]);
    const counts = [first, await iterate(kept, unlikely, 2), await iterate(kept, unlikely, 4)];
    expect(counts.map(({ calls }) => calls)).toEqual([4, 2, 4]);
    expect(counts.map(({ cost }) => cost)).toEqual([4 / 12, 2 / 12, 4 / 12]);
    // The fourth iteration samples anew, and is that of its own prompt again.
    const fourth = await iterate(kept, unlikely, 2);
    expect([fourth.calls, fourth.cost]).toEqual([4, 4 / 12]);
    expect(fourth.gradient).toEqual((await iterate(gradientOf(), unlikely, 2)).gradient);
    expect(counts[1].gradient).not.toEqual(fourth.gradient);
  });

  it('go back to steps before those that were reached', async () => {
    const kept = gradientOf({});
    await iterate(kept, likely, 4);
    const back = await iterate(kept, likely, 1);
    expect(back.calls).toBe(2);
    expect(back.gradient).toEqual((await iterate(gradientOf(), likely, 1)).gradient);
  });

  it('through several steps count each pass', async () => {
    const kept = gradientOf({}, 3);
    await iterate(kept, likely, 2);
    const { cost, calls } = await iterate(kept, likely, 2);
    // Three steps there; back through both branches twice and through the searched one once.
    expect([cost, calls]).toEqual([8 / 12, 8]);
  });

  it("may be the original's, which cost nothing to reach", async () => {
    const original = { prompt: STUDY_PROMPT, negativePrompt: '' };
    const acceleration = { ...NO_ACCELERATION, gradientRefresh: Number.POSITIVE_INFINITY };
    const sampler = new SearchSampler(pipeline, { settings, original, acceleration });
    const refreshEvery = Number.POSITIVE_INFINITY;
    const kept = gradientOf({ refreshEvery, originalsAt: (...asked) => sampler.originalsAt(...asked) });
    const certain = [Float64Array.of(1, 0), Float64Array.of(1, 0)];
    const first = await iterate(kept, certain, 3);
    expect([first.cost, first.calls]).toEqual([2 / 12, 2]);
    // Of the prompt without words, the original's latents are its own.
    const fresh = await iterate(gradientOf(), certain, 3);
    expect(first.loss).toBeCloseTo(fresh.loss, 4);
    const later = await iterate(kept, likely, 5);
    expect([later.cost, later.calls]).toEqual([2 / 12, 2]);
  });
});
