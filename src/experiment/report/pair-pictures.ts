/** @file Pictures of the first prompts: the original beside what each run found. */
import type { MeasuredPrompts, StudyRow } from '../experiment-row.ts';
import { finiteMean, meanHitRate } from './measured-mean.ts';
import type { PictureRow, ReportSection, ShownPicture } from './report-block.ts';
import type { RunRows } from './rows-by-run.ts';
import { numberText } from './value-text.ts';

/** Prompts whose pictures a report shows. */
export const SHOWN_PROMPTS = 6;
/** Runs beside the original, so that a row fits on the page. */
const SHOWN_RUNS = 5;

const SETS = [
  {
    name: 'searched',
    picture: ({ images }: MeasuredPrompts) => images[0],
    loss: ({ losses }: MeasuredPrompts) => losses[0],
    hits: ({ hits }: MeasuredPrompts) => hits?.[0],
  },
  {
    name: 'held-out',
    picture: ({ heldOutImages }: MeasuredPrompts) => heldOutImages[0],
    loss: ({ heldOutLosses }: MeasuredPrompts) => heldOutLosses[0],
    hits: ({ heldOutHits }: MeasuredPrompts) => heldOutHits?.[0],
  },
];

type PictureSet = (typeof SETS)[number];

/** Not picked by anybody: the first prompts of the experiment. Undefined where no picture was kept. */
export function pairPictures(runs: readonly RunRows<'study'>[]): ReportSection | undefined {
  const rows = shownPrompts(runs.flatMap(({ rows: studies }) => studies)).flatMap((promptIndex) =>
    SETS.flatMap((set) => pairRow(runs, promptIndex, set)),
  );
  if (rows.length === 0) return undefined;
  return {
    title: 'Pictures',
    blocks: [
      {
        kind: 'pictures',
        name: 'pictures',
        title: 'Original and best, of the first prompts',
        rows,
        note: 'The first prompts of the experiment, picked by nobody; of each, the first searched seed and the first held-out seed. Losses are those of the picture itself.',
      },
    ],
  };
}

/** The lowest places of prompts among rows, a few. */
export function shownPrompts(rows: readonly { readonly promptIndex: number }[]): number[] {
  return [...new Set(rows.map(({ promptIndex }) => promptIndex))]
    .sort((a, b) => a - b)
    .slice(0, SHOWN_PROMPTS);
}

function pairRow(runs: readonly RunRows<'study'>[], promptIndex: number, set: PictureSet): PictureRow[] {
  const found = runs.slice(0, SHOWN_RUNS).flatMap(({ run, rows }) => {
    const row = rows.find((one) => one.promptIndex === promptIndex);
    return row ? [{ run, row }] : [];
  });
  const first = found[0]?.row;
  if (first === undefined || set.picture(first.original) === undefined) return [];
  const seeds = set.name === 'searched' ? first.seeds : first.heldOutSeeds;
  return [
    {
      label: `${first.prompt} — ${set.name} seed ${seeds[0] ?? 'unknown'}`,
      pictures: [
        shown('original', '', first.original, set),
        ...found.map(({ run, row }) => shown(run, wordsOf(row), row.best, set)),
      ],
    },
  ];
}

function shown(caption: string, words: string, measured: MeasuredPrompts, set: PictureSet): ShownPicture {
  const loss = finiteMean([set.loss(measured) ?? null]);
  const hits = set.hits(measured);
  const rate = meanHitRate(hits && [hits]);
  const concepts = rate === null ? '' : `, ${hits!.filter(Boolean).length} of ${hits!.length} concepts`;
  const detail = `loss ${numberText(loss, 'loss')}${concepts}${words === '' ? '' : `; ${words}`}`;
  return { caption, detail, image: set.picture(measured) };
}

/** What the search changed. */
function wordsOf({ prompt, best, original }: StudyRow): string {
  const positive = best.prompt === prompt ? [] : [best.prompt];
  const negative =
    best.negativePrompt === original.negativePrompt ? [] : [`negative: ${best.negativePrompt || 'none'}`];
  const words = [...positive, ...negative].join('; ');
  return words === '' ? 'the original is best' : words;
}
