/** @file Searches words for an objective of one's own, without any model. Run: `npx tsx examples/04-your-own-objective.ts` */
// In a project of your own: import { runSearch } from 'dpo-diff';
import { type Candidate, type Objective, runSearch, type SearchSpace } from '../src/index.ts';

// 625 candidates; choice 0 of each slot is the original. Here the best is known, so that one sees whether it is found.
const space: SearchSpace = {
  slots: [
    { choices: ['one', 'two', 'three', 'four', 'five'] },
    { choices: ['big', 'small', 'tiny', 'huge', 'tall'] },
    { choices: ['red', 'green', 'blue', 'pink', 'gray'] },
    { choices: ['cats', 'dogs', 'houses', 'trees', 'cars'] },
  ],
};
const wanted = ['three', 'tiny', 'blue', 'houses'];
const wordsOf = (candidate: Candidate) => candidate.map((choice, slot) => space.slots[slot].choices[choice]);

// Lower is better. A score could as well come from a web service, or from a person.
const objective: Objective = {
  batchSize: 4,
  evaluate: async (candidates) =>
    candidates.map((candidate) => {
      const wrong = wordsOf(candidate).filter((word, slot) => word !== wanted[slot]);
      return { kind: 'valid', loss: wrong.length };
    }),
};

// Any source of random numbers will do. The same seed gives the same search.
let state = 2024;
const float64 = () => {
  state = (state * 48271) % 2147483647;
  return state / 2147483647;
};
const rng = { float64, integer: (limit: number) => Math.floor(float64() * limit) };

const options = {
  budget: { evaluations: 200 },
  evolution: { generations: Number.POSITIVE_INFINITY, mutationProbability: 0.3 },
};
for await (const event of runSearch('evolution', { space, objective, rng }, options)) {
  if (event.type === 'evaluation' && event.improved) {
    const wrong = event.best?.loss;
    console.log(`evaluation ${event.index}: "${wordsOf(event.candidate).join(' ')}", ${wrong} wrong`);
  }
  if (event.type === 'finished' && event.best) {
    const found = wordsOf(event.best.candidate).join(' ');
    console.log(`best of ${event.evaluations}: "${found}", ${event.best.loss} wrong`);
  }
}
