/** @file The first stage: samples the originals, and keeps the prompts that the model follows badly, or well. */
import { DpoError } from '../errors.ts';
import type { StoredJob } from '../store/experiment-table.ts';
import { meanOf } from '../study/scorer-losses.ts';
import { choiceSeeds } from './check-held-out-seeds.ts';
import type { ExperimentDefinition, HardPromptFilter } from './experiment-definition.ts';
import type { JobContext, ReadStudyOptions } from './jobs/job-context.ts';
import { JobPictures } from './jobs/job-pictures.ts';

/** A prompt that is looked at. */
export interface CandidatePrompt {
  readonly prompt: string;
}

/** What its pictures say. */
export interface PromptVerdict {
  readonly prompt: string;
  readonly losses: readonly number[];
  /** By the embedded world's judge, `[seed][concept]`. */
  readonly hits?: readonly (readonly boolean[])[];
  readonly isHard: boolean;
}

/** How far the choice is. */
export interface PromptChoice {
  /** In the candidates' order, at most as many as are wanted. */
  readonly prompts: readonly string[];
  /** Candidates looked at, of those without a gap before them. */
  readonly seen: number;
  readonly candidates: number;
  /** Of those seen, candidates that could not be looked at. */
  readonly failed: number;
  /** Whether no further candidate can change it. */
  readonly isFinal: boolean;
}

/** The name in the store of the jobs that choose an experiment's prompts. No experiment has a slash in its name. */
export function choiceName(experiment: string): string {
  return `${experiment}/prompts`;
}

/** Options of the experiment as a whole decide, not those of a run. */
export async function judgePrompt(context: JobContext, { prompt }: CandidatePrompt): Promise<PromptVerdict> {
  const { definition, pipeline, signal } = context;
  const options = await unsearched(context.studyOptions, definition, prompt, signal);
  const pictures = await JobPictures.open(context, prompt, pipeline.settings(options));
  const pair = { prompt, negativePrompt: options.negativePrompt ?? '' };
  const { losses, hits } = await pictures.measure(pair, choiceSeeds(definition));
  const isHard = isHardPrompt(definition.hard!, losses, hits);
  return { prompt, losses, ...(hits && { hits }), isHard };
}

/** Words are no matter of this stage, and asking for them may cost money. */
function unsearched(
  read: ReadStudyOptions,
  { options: { words: _, keywords: __, ...options } }: ExperimentDefinition,
  prompt: string,
  signal: AbortSignal,
): ReturnType<ReadStudyOptions> {
  return read({ task: 'improve', prompt, options }, signal);
}

/** A loss that is no number is never hard enough: nothing could be compared with it. */
export function isHardPrompt(
  filter: HardPromptFilter,
  losses: readonly number[],
  hits: readonly (readonly boolean[])[] | undefined,
): boolean {
  const { lossAbove = Number.NEGATIVE_INFINITY, lossBelow = Number.POSITIVE_INFINITY } =
    hits === undefined ? (filter.whereNotJudged ?? filter) : filter;
  const loss = meanOf(losses);
  if (!(loss > lossAbove && loss < lossBelow)) return false;
  if (filter.missesConcept === undefined || hits === undefined) return Number.isFinite(loss);
  const misses = hits.some((picture) => picture.includes(false));
  return misses === filter.missesConcept;
}

/** What was chosen so far, out of the jobs of the first stage. */
export function promptChoice(jobs: readonly StoredJob[], { count }: HardPromptFilter): PromptChoice {
  const gap = jobs.findIndex(({ state }) => state !== 'done' && state !== 'failed');
  const seen = gap === -1 ? jobs.length : gap;
  const verdicts = jobs.slice(0, seen).map(({ result }) => result as PromptVerdict | null);
  const found = verdicts.flatMap((verdict) => (verdict?.isHard ? [verdict.prompt] : []));
  const prompts = found.slice(0, count);
  return {
    prompts,
    seen,
    candidates: jobs.length,
    failed: jobs.slice(0, seen).filter(({ state }) => state === 'failed').length,
    isFinal: prompts.length === count || seen === jobs.length,
  };
}

/** @throws {DpoError} INVALID_OPTION when none of the prompts will do */
export function requirePrompts(
  { prompts, candidates, failed }: PromptChoice,
  { hard }: ExperimentDefinition,
): readonly string[] {
  if (prompts.length > 0) return prompts;
  const { lossAbove, lossBelow, missesConcept } = hard!;
  const wanted = JSON.stringify({ lossAbove, lossBelow, missesConcept });
  const lost = failed > 0 ? ` ${failed} of them could not be looked at; --retry does so again.` : '';
  throw new DpoError(
    'INVALID_OPTION',
    `None of the ${candidates} prompts is as hard as the experiment asks (${wanted}).${lost} Give more prompts, or other thresholds under "hard".`,
  );
}
