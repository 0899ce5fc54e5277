/** @file Events and results of a small study, for tests of what is told of it. */
import type {
  CandidateEvent,
  GradientIterationEvent,
  RejectedEvent,
  SamplingEvent,
  StartedEvent,
  StudyEvent,
} from '../../src/study/study-event.ts';
import type { StudyResult } from '../../src/study/study-result.ts';

export const STARTED: StartedEvent = {
  type: 'started',
  space: { prompt: 'a red cat', task: 'improve', slots: [] },
  choices: [
    ['', 'blue', 'green'],
    ['', 'dog', 'fish'],
  ],
  settings: {
    model: 'pocket',
    scorer: 'scorer',
    sampler: 'DDIM',
    scheduler: 'ddim',
    guidedSteps: 10,
    karrasSigmas: false,
    timestepSpacing: 'leading',
    steps: 10,
    guidanceScale: 7.5,
    eta: 0,
    width: 64,
    height: 64,
    vaeTiling: 'off',
    device: 'cpu',
    precision: 'float32',
  },
  seeds: [0, 1],
  heldOutSeeds: [2, 3],
  searchSeed: 0,
  method: 'hybrid',
  budget: 6,
};

export function rejected(index: number, similarity = 0.7): RejectedEvent {
  const prompt = 'a crimson cat';
  const what = { prompt, negativePrompt: '', candidate: [1, index], similarity };
  return { type: 'rejected', index, ...what, phase: 'evolution', seconds: index };
}

export function candidate(
  index: number,
  loss: number | null,
  options: Partial<CandidateEvent> = {},
): CandidateEvent {
  return {
    type: 'candidate',
    index,
    prompt: 'a red cat',
    negativePrompt: index === 0 ? '' : 'dog',
    candidate: [0, index],
    loss,
    losses: loss === null ? [] : [loss, loss],
    invalid: loss === null ? 'the picture is black' : null,
    phase: index === 0 ? 'original' : 'evolution',
    improved: false,
    bestLoss: loss,
    spent: index + 1,
    seconds: index,
    ...options,
  };
}

export function gradientIteration(iteration: number, spent: number): GradientIterationEvent {
  return {
    type: 'gradient',
    iteration,
    stepIndex: 3,
    loss: 0.5,
    gradientNorm: 1,
    probabilities: [],
    spent,
    seconds: 1,
  };
}

export function sampling(guidedSteps: number, phase: SamplingEvent['phase'] = 'search'): SamplingEvent {
  return { type: 'sampling', phase, guidedSteps };
}

export function finished(result: Partial<StudyResult> = {}): StudyEvent {
  return { type: 'finished', result: studyResult(result) };
}

export function studyResult(options: Partial<StudyResult> = {}): StudyResult {
  return {
    task: 'improve',
    search: options.task === 'attack' ? 'positive' : 'negative',
    prompt: 'a red cat',
    settings: STARTED.settings,
    scorer: 'scorer',
    clipLoss: 'spherical',
    original: { prompt: 'a red cat', negativePrompt: '', loss: 0.5, heldOutLoss: 0.52 },
    best: { prompt: 'a red cat', negativePrompt: "blue, it's", loss: 0.4, heldOutLoss: 0.51 },
    seeds: [0, 1],
    heldOutSeeds: [2, 3],
    searchSeed: 0,
    evaluations: 6,
    unetCalls: 1234,
    gradientIterations: 3,
    seconds: 65,
    stoppedBy: 'budget',
    runDir: 'runs/x',
    method: 'hybrid',
    heldOutDifference: { mean: -0.01, interval: [-0.1, 0.08] },
    summary: 'Repairs these pictures. On 2 other seeds: no measurable difference.',
    ...options,
  };
}
