/** @file A study as a search would tell it, made up: plausible numbers, and reference scenes as its pictures. */
import { renderScene } from '../../src/pocket/render-scene.ts';
import type { Scene, SceneObject } from '../../src/pocket/scene.ts';
import type { SearchPhase } from '../../src/search/search-event.ts';
import type {
  CandidateEvent,
  GradientIterationEvent,
  PictureEvent,
  StartedEvent,
  StudyEvent,
} from '../../src/study/study-event.ts';
import type { StudyResult } from '../../src/study/study-result.ts';
import { MersenneTwister } from '../../src/tensor/mersenne-twister.ts';
import { type FloatTensor, floatTensor } from '../../src/tensor/tensor.ts';
import type { Task, WordSlot } from '../../src/words/prompt-space.ts';
import { searchOf } from '../../src/words/searched-slots.ts';

export interface SyntheticStudyOptions {
  readonly task?: Task;
  readonly prompt?: string;
  readonly seeds?: readonly number[];
  readonly heldOutSeeds?: readonly number[];
  readonly evaluations?: number;
  readonly gradientIterations?: number;
  /** Whether pictures follow the search. @default true */
  readonly pictures?: boolean;
  readonly image?: (which: PictureEvent['which'], seed: number) => FloatTensor;
}

const SLOTS: readonly WordSlot[] = [
  slot('red', 2, [
    ['blue', 'vocabulary', 'co-hyponym'],
    ['green', 'vocabulary', 'co-hyponym'],
    ['pink', 'vocabulary', 'co-hyponym'],
  ]),
  slot('cat', 6, [
    ['dog', 'wordnet', 'co-hyponym'],
    ['bird', 'vocabulary', 'co-hyponym'],
    ['fish', 'vocabulary', 'co-hyponym'],
    ['hat', 'vocabulary', 'vocabulary'],
  ]),
  slot('blue', 16, [
    ['red', 'vocabulary', 'co-hyponym'],
    ['orange', 'wordnet', 'antonym'],
  ]),
  slot('car', 21, [
    ['truck', 'wordnet', 'co-hyponym'],
    ['bus', 'wordnet', 'co-hyponym'],
    ['boat', 'vocabulary', 'co-hyponym'],
    ['train', 'vocabulary', 'co-hyponym'],
    ['bicycle', 'vocabulary', 'co-hyponym'],
  ]),
];

function slot(
  text: string,
  start: number,
  choices: readonly (readonly [string, string, string])[],
): WordSlot {
  const scored = choices.map(([choice, source, relation], i) => ({
    text: choice,
    source,
    relation,
    score: 1 - i / 10,
  }));
  return { text, start, choices: scored };
}

/** The events of a made-up study; the same options give the same events. */
export async function* syntheticStudy(options: SyntheticStudyOptions = {}): AsyncGenerator<StudyEvent> {
  yield* syntheticEvents(options);
}

/** The same as an array. */
export function syntheticEvents(options: SyntheticStudyOptions = {}): StudyEvent[] {
  const started = startedEvent(options);
  const rng = new MersenneTwister(3);
  const gradients = gradientEvents(options.gradientIterations ?? 20, started);
  const spentOnGradient = gradients.at(-1)?.spent ?? 0;
  const candidates = candidateEvents(options.evaluations ?? 30, started, spentOnGradient, rng);
  const [original, ...rest] = candidates;
  const best = candidates.filter(({ improved }) => improved).at(-1) ?? null;
  const result = resultOf(started, candidates, best, gradients.length);
  const pictures = (options.pictures ?? true) ? pictureEvents(started, result, options) : [];
  return [
    started,
    {
      type: 'warning',
      message: 'The words "next to" fall beyond the text encoder\'s 32 tokens and have no effect.',
    },
    { type: 'sampling', phase: 'search', guidedSteps: 2 },
    ...(original ? [original] : []),
    ...gradients,
    ...rest,
    ...pictures,
    { type: 'finished', result },
  ];
}

function startedEvent({ task = 'improve', ...options }: SyntheticStudyOptions): StartedEvent {
  const prompt = options.prompt ?? 'a red cat and a blue car';
  return {
    type: 'started',
    space: { prompt, task, slots: SLOTS },
    choices: SLOTS.map(({ text, choices }) => [
      task === 'improve' ? '' : text,
      ...choices.map((choice) => choice.text),
    ]),
    settings: {
      model: 'pocket',
      scorer: 'pocket/scorer',
      loss: 'spherical',
      sampler: 'DDIM',
      scheduler: 'ddim',
      guidedSteps: 20,
      karrasSigmas: false,
      timestepSpacing: 'leading',
      steps: 20,
      guidanceScale: 5,
      eta: 0,
      width: 64,
      height: 64,
      vaeTiling: 'off',
      device: 'cpu',
      precision: 'float32',
    },
    seeds: options.seeds ?? [0, 1],
    heldOutSeeds: options.heldOutSeeds ?? [2, 3, 4, 5],
    searchSeed: 0,
    method: 'hybrid',
    budget: 40,
  };
}

function gradientEvents(count: number, { choices }: StartedEvent): GradientIterationEvent[] {
  return Array.from({ length: count }, (_, iteration) => ({
    type: 'gradient',
    iteration,
    stepIndex: 6 + Math.floor(iteration / 2),
    loss: iteration === 3 ? null : 0.72 - 0.009 * iteration,
    gradientNorm: iteration === 3 ? null : 0.02 / (1 + iteration),
    probabilities: choices.map((words) => learned(words.length, iteration)),
    spent: 1 + (iteration + 1) * 0.42,
    seconds: 3 + iteration * 0.4,
  }));
}

/** Softmax over logits that part as the iterations go. */
function learned(count: number, iteration: number): number[] {
  const logits = Array.from(
    { length: count },
    (_, i) => (i === 0 ? 1 : 0) + 0.08 * iteration * Math.sin(3 * i),
  );
  const sum = logits.reduce((total, logit) => total + Math.exp(logit), 0);
  return logits.map((logit) => Math.exp(logit) / sum);
}

function candidateEvents(
  count: number,
  { choices, space, seeds }: StartedEvent,
  spentOnGradient: number,
  rng: MersenneTwister,
): CandidateEvent[] {
  const sign = space.task === 'attack' ? -1 : 1;
  let bestLoss: number | null = null;
  return Array.from({ length: count }, (_, index) => {
    const candidate = choices.map((words) => (index === 0 ? 0 : rng.integer(words.length)));
    const words = candidate.map((choice, at) => choices[at][choice]);
    const losses = seeds.map(() =>
      index === 0 ? 0.46 : 0.44 + 0.2 * (rng.float64() - 0.45) - sign * 0.0008 * index,
    );
    const invalid = index === 11 ? 'the picture of seed 1 is all black' : null;
    const loss = invalid === null ? losses.reduce((sum, value) => sum + value, 0) / losses.length : null;
    const improved: boolean = loss !== null && (bestLoss === null || sign * loss < sign * bestLoss);
    if (improved) bestLoss = loss;
    return {
      type: 'candidate',
      index,
      ...promptsOf(space, words),
      candidate,
      loss,
      losses: invalid === null ? losses : [],
      invalid,
      phase: phaseOf(index),
      improved,
      bestLoss,
      spent: index === 0 ? 1 : index + 1 + spentOnGradient,
      seconds: index,
    };
  });
}

function promptsOf({ task, prompt }: StartedEvent['space'], words: readonly string[]) {
  if (task === 'improve') return { prompt, negativePrompt: words.filter(Boolean).join(', ') };
  return { prompt: `a ${words[0]} ${words[1]} and a ${words[2]} ${words[3]}`, negativePrompt: '' };
}

function phaseOf(index: number): SearchPhase {
  if (index === 0) return 'original';
  return index < 12 ? 'gradient' : 'evolution';
}

function resultOf(
  started: StartedEvent,
  candidates: readonly CandidateEvent[],
  best: CandidateEvent | null,
  gradientIterations: number,
): StudyResult {
  const { space, settings, seeds, heldOutSeeds } = started;
  const scored = (event: CandidateEvent | null | undefined, heldOutLoss: number) => ({
    prompt: event?.prompt ?? space.prompt,
    negativePrompt: event?.negativePrompt ?? '',
    loss: event?.loss ?? null,
    heldOutLoss: heldOutSeeds.length === 0 ? null : heldOutLoss,
    ...(space.task === 'attack' ? { similarity: event?.index === 0 ? 1 : 0.94 } : {}),
  });
  const difference = { mean: 0.003, interval: heldOutSeeds.length < 2 ? null : ([-0.041, 0.047] as const) };
  return {
    task: space.task,
    search: searchOf(space),
    prompt: space.prompt,
    settings,
    scorer: 'pocket/scorer',
    clipLoss: 'spherical',
    original: scored(candidates[0], 0.456),
    best: scored(best, 0.459),
    seeds,
    heldOutSeeds,
    searchSeed: 0,
    evaluations: candidates.length,
    unetCalls: 1532,
    gradientIterations,
    seconds: 41.7,
    stoppedBy: 'budget',
    runDir: null,
    method: 'hybrid',
    heldOutDifference: heldOutSeeds.length === 0 ? null : difference,
    summary:
      'The negative prompt repairs these pictures (loss 0.460 → 0.356 on 2 searched seeds); on 4 other seeds: no measurable difference.',
  };
}

function pictureEvents(
  { seeds, heldOutSeeds }: StartedEvent,
  { original, best }: StudyResult,
  { image = pictureOf }: SyntheticStudyOptions,
): PictureEvent[] {
  return [...seeds, ...heldOutSeeds].flatMap((seed) =>
    (['original', 'best'] as const).map((which, column) => {
      const { prompt, negativePrompt, ...scored } = which === 'original' ? original : best;
      const heldOut = heldOutSeeds.includes(seed);
      const mean = (heldOut ? scored.heldOutLoss : scored.loss) ?? 0.5;
      const loss = mean + 0.04 * Math.sin(7 * seed + 3 * column);
      return {
        type: 'picture' as const,
        which,
        prompt,
        negativePrompt,
        seed,
        heldOut,
        loss,
        image: image(which, seed),
      };
    }),
  );
}

/** The original misses the car on some seeds; the best shows both. */
function pictureOf(which: PictureEvent['which'], seed: number): FloatTensor {
  const cat: SceneObject = { object: 'cat', colour: 'red', size: 'big', x: 4, y: 8 + 4 * (seed % 3) };
  const car: SceneObject = { object: 'car', colour: 'blue', size: 'big', x: 34, y: 22 };
  const merged: SceneObject = { ...cat, object: 'car', colour: seed % 2 === 0 ? 'red' : 'purple', x: 20 };
  const scene: Scene = {
    objects: which === 'best' && seed !== 3 ? [cat, car] : [merged],
    background: seed % 2 === 0 ? 'gray' : 'cream',
    relation: undefined,
  };
  return renderScene(scene);
}

/** A picture of one colour: float32 [3, side, side]. */
export function plainPicture(side: number, rgb: readonly [number, number, number]): FloatTensor {
  const image = floatTensor([3, side, side]);
  for (const [channel, value] of rgb.entries()) {
    image.data.fill(value, channel * side * side, (channel + 1) * side * side);
  }
  return image;
}
