/** @file An experiment as its file describes it: prompts × runs × search seeds. */
import type { RowKind } from './experiment-row.ts';

/** How the rows are told in the report. */
export type ReportKind =
  /** User's prompt against what each run found: Table 1, repair or prompt, faster searches. */
  | 'comparison'
  /** Mean loss of random prompts for each space: Table 2. */
  | 'random-prompts'
  /** The best picture as the search goes on: Figure 5. */
  | 'progress'
  /** Best loss against budget, one curve for each run: Figure 6, and best of N seeds. */
  | 'budget'
  /** Figure 9. */
  | 'gradient-norm'
  | 'gradient-agreement';

/** Where prompts come from. */
export type PromptSource =
  /** The embedded model's world; `heldOut` draws pairs of colour and object that were never rendered in training. */
  | { readonly from: 'world'; readonly count: number; readonly seed: number; readonly heldOut?: boolean }
  /** Written in the experiment's own file. */
  | { readonly from: 'list'; readonly prompts: readonly string[] }
  /** A text file, a line for each prompt, or JSON lines with `prompt`. */
  | { readonly from: 'file'; readonly path: string; readonly count?: number; readonly seed?: number }
  /** MS-COCO's `captions_*.json`. */
  | { readonly from: 'coco'; readonly path: string; readonly count?: number; readonly seed?: number }
  /** DiffusionDB's `metadata.parquet`, or a text file of its prompts. */
  | { readonly from: 'diffusiondb'; readonly path: string; readonly count?: number; readonly seed?: number }
  /** A language model, asked as in the paper (G.1). */
  | { readonly from: 'llm'; readonly count: number };

/** Keeps the prompts that the model follows badly (improve: loss above) or well (attack: loss below). */
export interface HardPromptFilter {
  readonly lossAbove?: number;
  readonly lossBelow?: number;
  /** Stop when so many were found. */
  readonly count: number;
  /** Seeds whose mean loss decides. @default the experiment's own */
  readonly seeds?: readonly number[];
  /** On the embedded world: keep only those whose pictures miss a concept, by the judge; false keeps those that miss none. */
  readonly missesConcept?: boolean;
  /** Thresholds for models whose pictures the judge cannot judge, in place of the others. */
  readonly whereNotJudged?: { readonly lossAbove?: number; readonly lossBelow?: number };
}

/** One column of the comparison. */
export interface ExperimentRun {
  readonly name: string;
  /** What is measured. @default 'study' */
  readonly kind: RowKind;
  readonly task: 'improve' | 'attack';
  /** Options by their names on the command line, in camel case, over the experiment's own; `unlimited` stands for what is infinite. */
  readonly options: Readonly<Record<string, unknown>>;
  /** What kinds other than `study` need to know: `draws`, `stepIndexes`, `gradientSteps`, `seeds`, `negative`. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

export interface ExperimentDefinition {
  /** Letters, digits and hyphens: the experiment's name in the store. */
  readonly name: string;
  readonly title: string;
  /** Where in the paper, such as `Figure 6`; absent where the experiment is ours. */
  readonly paper?: string;
  /** What the paper found, or what is asked: a sentence or two. */
  readonly found: string;
  readonly report: ReportKind;
  readonly prompts: PromptSource;
  readonly hard?: HardPromptFilter;
  readonly searchSeeds: readonly number[];
  /** Options of all runs, by their names on the command line, in camel case. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly runs: readonly ExperimentRun[];
}
