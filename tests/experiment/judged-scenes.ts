/** @file An experiment to judge: two methods and an attack, four things in all sorts of company. What is in each picture is known. */
import type { JudgementPair } from '../../src/experiment/judgement/judgement-pair.ts';
import type { SheetKey } from '../../src/experiment/judgement/sheet-key.ts';
import { type RenderedPair, renderedPair, type Thing } from './rendered-pairs.ts';

const CAT: Thing = ['red', 'cat'];
const CAR: Thing = ['blue', 'car'];
const TREE: Thing = ['green', 'tree'];
const STAR: Thing = ['yellow', 'star'];

/** Words that a judge must never find in a page. */
export const SECRETS = ['zanzibar', 'quixotic', 'heliotrope', 'hybrid-run', 'evolution-run', 'attack-run'];

const SCENES: readonly RenderedPair[] = [
  {
    id: 'hybrid-run/0',
    run: 'hybrid-run',
    concepts: [CAT, CAR],
    original: [[CAT], [CAT]],
    candidate: [[CAT, CAR], [CAT]],
    negativePrompt: 'zanzibar',
  },
  {
    id: 'hybrid-run/1',
    run: 'hybrid-run',
    concepts: [TREE, STAR],
    original: [[TREE], [STAR]],
    candidate: [[STAR], [TREE]],
    negativePrompt: 'zanzibar, quixotic',
  },
  {
    id: 'evolution-run/0',
    run: 'evolution-run',
    concepts: [CAT, CAR],
    original: [[CAT], [CAT]],
    candidate: [[CAR], []],
    negativePrompt: 'quixotic',
  },
  {
    id: 'evolution-run/1',
    run: 'evolution-run',
    concepts: [TREE, STAR],
    original: [[TREE]],
    candidate: [[TREE]],
  },
  {
    id: 'attack-run/0',
    run: 'attack-run',
    task: 'attack',
    concepts: [CAT, TREE],
    original: [[CAT, TREE]],
    candidate: [[TREE]],
    prompt: 'a heliotrope 猫 (çat) and a green tree',
  },
  {
    id: 'attack-run/1',
    run: 'attack-run',
    task: 'attack',
    concepts: [STAR, CAR],
    original: [[STAR, CAR]],
    candidate: [[CAR]],
    prompt: 'a heliotrope sun and a blue car',
    negativePrompt: 'quixotic',
  },
];

export const JUDGED_PAIRS: readonly JudgementPair[] = SCENES.map(renderedPair);

/** What an attentive judge ticks on the card of `pair`: `[picture][concept]` for each side. */
export function truthOf(card: SheetKey['cards'][number]): Record<'left' | 'right', boolean[][]> {
  const scene = SCENES.find(({ id }) => id === card.pair)!;
  const hits = (pictures: readonly (readonly Thing[])[]) =>
    pictures.map((things) => scene.concepts.map((concept) => things.includes(concept)));
  const [candidate, original] = [hits(scene.candidate), hits(scene.original)];
  return card.candidateSide === 'left'
    ? { left: candidate, right: original }
    : { left: original, right: candidate };
}

/** The second attack makes a sun of a star; the first only paraphrases, as far as this experiment goes. */
export function altersMeaning(card: SheetKey['cards'][number]): boolean {
  return card.pair === 'attack-run/1';
}
