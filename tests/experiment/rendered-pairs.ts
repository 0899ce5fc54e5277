/** @file Pairs to judge, drawn by the embedded world's own renderer: scenes that show a prompt's concepts, and scenes that miss some. */
import type { JudgementPair } from '../../src/experiment/judgement/judgement-pair.ts';
import { renderScene } from '../../src/pocket/render-scene.ts';
import type { SceneObject } from '../../src/pocket/scene.ts';
import type { ColourName, ObjectName } from '../../src/pocket/world.ts';
import { encodePng } from '../../src/study/png-image.ts';

/** A thing of one colour. */
export type Thing = readonly [ColourName, ObjectName];

export interface RenderedPair {
  readonly id: string;
  readonly run: string;
  readonly task?: JudgementPair['task'];
  /** The key concepts, in the prompt's order. */
  readonly concepts: readonly Thing[];
  /** What each picture shows, seed by seed. */
  readonly original: readonly (readonly Thing[])[];
  readonly candidate: readonly (readonly Thing[])[];
  /** Of the candidate. @default the user's */
  readonly prompt?: string;
  readonly negativePrompt?: string;
}

/** `a red cat and a blue car` */
export function promptOf(concepts: readonly Thing[]): string {
  return concepts.map((thing) => `a ${thing.join(' ')}`).join(' and ');
}

/** The pictures carry their prompts in text chunks, as those of a run folder do. */
export function renderedPair({ id, run, task = 'improve', concepts, ...sides }: RenderedPair): JudgementPair {
  const prompt = promptOf(concepts);
  const original = { prompt, negativePrompt: '' };
  const candidate = { prompt: sides.prompt ?? prompt, negativePrompt: sides.negativePrompt ?? '' };
  const png = (pictures: readonly (readonly Thing[])[], said: typeof original) =>
    pictures.map((things) =>
      encodePng(renderScene({ objects: things.map(placed), background: 'cream', relation: undefined }), {
        parameters: `${said.prompt}\nNegative prompt: ${said.negativePrompt}`,
      }),
    );
  return {
    id,
    run,
    task,
    prompt,
    concepts: concepts.map((thing) => thing.join(' ')),
    original: { ...original, png: png(sides.original, original) },
    candidate: { ...candidate, png: png(sides.candidate, candidate) },
  };
}

function placed([colour, object]: Thing, index: number): SceneObject {
  return { object, colour, size: 'big', x: 2 + 32 * index, y: 18 };
}
