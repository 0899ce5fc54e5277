/** @file One row of the effect experiment: one prompt, one method, judged by the template judge that no search ever sees. */

import {
  type FloatTensor,
  improve,
  type Pipeline,
  type SearchMethod,
  type StudyEvent,
} from '../../src/index.ts';
import { judge } from '../../src/pocket/judge.ts';
import type { SceneFacts } from '../../src/pocket/scene-facts.ts';
import { hitRate, scoreFacts } from '../../src/pocket/score-facts.ts';

/** What is compared: a method on a number of searched seeds. */
export interface Variant {
  readonly method: SearchMethod;
  readonly searchedSeeds: number;
  /** Evaluations, gradient iterations counted at t / T. */
  readonly budget: number;
}

/** Loss and judge's hit rate (objects with their colours) of one prompt's pictures. */
export interface Measure {
  readonly loss: number;
  readonly hitRate: number;
}

/** What every row says of how it was made. */
export interface EffectRowOrigin {
  readonly prompt: string;
  readonly steps: number;
  readonly guidanceScale: number;
  readonly searchedSeeds: number;
}

/** One search of one prompt. */
export interface EffectRow extends EffectRowOrigin {
  readonly method: SearchMethod;
  readonly original: Measure;
  readonly best: Measure;
  readonly heldOutOriginal: Measure;
  readonly heldOutBest: Measure;
  /** Mean loss of the candidates other than the original. */
  readonly meanCandidateLoss: number;
  /** Guided UNet evaluations of the search alone. */
  readonly searchCalls: number;
  readonly evaluations: number;
  readonly negativePrompt: string;
  readonly seconds: number;
}

export interface EffectSettings {
  readonly steps: number;
  readonly guidanceScale: number;
  readonly heldOutSeeds: readonly number[];
}

type PictureEvent = Extract<StudyEvent, { type: 'picture' }>;
type CandidateEvent = Extract<StudyEvent, { type: 'candidate' }>;

/** Runs one search and measures its original and its best. */
export async function effectRow(
  pipeline: Pipeline,
  { prompt, facts }: { readonly prompt: string; readonly facts: SceneFacts },
  variant: Variant,
  settings: EffectSettings,
): Promise<EffectRow> {
  const study = improve(pipeline, prompt, {
    ...settings,
    method: variant.method,
    budget: variant.budget,
    seeds: Array.from({ length: variant.searchedSeeds }, (_, seed) => seed),
  });
  const pictures: PictureEvent[] = [];
  const candidates: CandidateEvent[] = [];
  for await (const event of study) {
    if (event.type === 'picture') pictures.push(event);
    if (event.type === 'candidate') candidates.push(event);
  }
  const result = await study.result();
  const heldOutCalls =
    new Set(pictures.filter((p) => p.heldOut).map((p) => `${p.which} ${p.seed}`)).size * settings.steps;
  const measure = (which: PictureEvent['which'], heldOut: boolean) =>
    measureOf(picturesOf(pictures, which, heldOut), facts);
  return {
    prompt,
    steps: settings.steps,
    guidanceScale: settings.guidanceScale,
    method: variant.method,
    searchedSeeds: variant.searchedSeeds,
    original: measure('original', false),
    best: measure('best', false),
    heldOutOriginal: measure('original', true),
    heldOutBest: measure('best', true),
    meanCandidateLoss: mean(candidates.slice(1).flatMap(({ loss }) => loss ?? [])),
    searchCalls: result.unetCalls - heldOutCalls,
    evaluations: result.evaluations,
    negativePrompt: result.best.negativePrompt,
    seconds: result.seconds,
  };
}

/** Where the original is the best, its held-out pictures stand for both. */
function picturesOf(
  pictures: readonly PictureEvent[],
  which: PictureEvent['which'],
  heldOut: boolean,
): PictureEvent[] {
  const found = pictures.filter((picture) => picture.which === which && picture.heldOut === heldOut);
  return found.length > 0
    ? found
    : pictures.filter((picture) => picture.which === 'original' && picture.heldOut === heldOut);
}

function measureOf(pictures: readonly PictureEvent[], facts: SceneFacts): Measure {
  return {
    loss: mean(pictures.flatMap(({ loss }) => loss ?? [])),
    hitRate: mean(pictures.map(({ image }) => judgedHitRate(image, facts))),
  };
}

/** Share of the prompt's objects that are in the picture in their colours. */
export function judgedHitRate(image: FloatTensor, facts: SceneFacts): number {
  return hitRate(scoreFacts(judge(image), facts));
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
