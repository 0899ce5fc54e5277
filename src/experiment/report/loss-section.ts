/** @file Losses before and after, what they cost, and where the held-out scorer does not go along. */
import { effectOf, type RunEffects } from './loss-effect.ts';
import { finiteMean, sideOf } from './measured-mean.ts';
import { type Block, note, type ReportSection, type TableBlock } from './report-block.ts';

export function lossSection(runs: readonly RunEffects[]): ReportSection {
  return {
    title: 'Losses',
    blocks: [lossTable(runs), ...runs.flatMap(seedNotes), ...runs.flatMap(scorerNotes), costTable(runs)],
  };
}

function lossTable(runs: readonly RunEffects[]): TableBlock {
  return {
    kind: 'table',
    name: 'losses',
    title: 'Loss of the original and of the best prompt',
    columns: [
      { head: 'Run', as: 'text' },
      { head: 'By', as: 'text' },
      { head: 'Prompts', as: 'count' },
      { head: 'Original', as: 'loss' },
      { head: 'Best', as: 'loss' },
      { head: 'Difference', as: 'difference', hasInterval: true },
    ],
    rows: runs.flatMap(({ run, effects }) =>
      effects.map(({ label, original, best, difference }) => [
        ...[run, label, difference.count, original, best],
        difference,
      ]),
    ),
    note: 'Means over prompts; beside each difference its 95 % interval by the paired bootstrap over prompts. A search chose its words by the searched seeds, which flatters them; held-out seeds were seen by no search.',
  };
}

/** Says where words that repair the searched pictures do harm on seeds that the search never saw. */
function seedNotes(run: RunEffects): Block[] {
  const wanted = run.task === 'attack' ? 1 : -1;
  const sides = (['searched', 'heldOut'] as const).map((measure) =>
    sideOf(effectOf(run, measure)?.difference ?? null),
  );
  if (sides[0] !== wanted || sides[1] !== -wanted) return [];
  const text = `${run.run}: the gain is of the searched pictures alone. On held-out seeds the best prompts do worse than the originals, by an interval that excludes 0.`;
  return [note(text, 'warning')];
}

/** Says where the objective was gained on but a scorer that had no part in it does not confirm that. */
export function scorerNotes(run: RunEffects): Block[] {
  const pairs = [
    ['searched', 'judged', 'searched seeds'],
    ['heldOut', 'heldOutJudged', 'held-out seeds'],
  ] as const;
  return pairs.flatMap(([objective, judged, seeds]) => {
    const wanted = run.task === 'attack' ? 1 : -1;
    const [gain, judgement] = [effectOf(run, objective), effectOf(run, judged)];
    if (gain === undefined || judgement === undefined || sideOf(gain.difference) !== wanted) return [];
    const side = sideOf(judgement.difference);
    if (side === wanted) return [];
    if (side === null || side === 0)
      return [note(doubtText(run.run, seeds, judgement.difference.mean * wanted))];
    const text = `${run.run}: on ${seeds} the held-out scorer disagrees. The objective says that the pictures became what was wanted, the scorer that had no part in the search says the contrary: the search gamed its scorer.`;
    return [note(text, 'warning')];
  });
}

function doubtText(run: string, seeds: string, along: number): string {
  const direction = along < 0 ? 'its mean goes the other way' : 'its mean goes the same way';
  return `${run}: on ${seeds} the held-out scorer does not confirm the gain; ${direction}, but the interval includes 0.`;
}

function costTable(runs: readonly RunEffects[]): TableBlock {
  return {
    kind: 'table',
    name: 'cost',
    title: 'What a search costs',
    columns: [
      { head: 'Run', as: 'text' },
      { head: 'Searches', as: 'count' },
      { head: 'Evaluations', as: 'decimal' },
      { head: 'UNet calls', as: 'count' },
      { head: 'Time', as: 'seconds' },
    ],
    rows: runs.map(({ run, rows }) => [
      run,
      rows.length,
      finiteMean(rows.map(({ evaluations }) => evaluations)),
      finiteMean(rows.map(({ unetCalls }) => unetCalls)),
      finiteMean(rows.map(({ seconds }) => seconds)),
    ]),
    note: 'Means of a search. UNet calls are guided evaluations that the search needs, whether or not the store knew them already; the time is what was spent, so it is short where the store knew much.',
  };
}
