/** @file The checks of a request before anything is sampled: for a study, for pictures, for a search space alone. */
import type { ClipTokenizer } from '../../checkpoint/clip-tokenizer.ts';
import type { DiffusersFolder } from '../../checkpoint/diffusers-folder.ts';
import type { CombinedScorer } from '../../diffusion/combined-scorer.ts';
import type { PromptSearch, PromptSpace } from '../../words/prompt-space.ts';
import { searchOf } from '../../words/searched-slots.ts';
import { scorerTruncationWarning } from '../truncation-warning.ts';
import { distillationOf, type ModelTraits } from './distilled-model.ts';
import { missingPartFindings } from './missing-part.ts';
import { negativePromptFindings } from './negative-prompt-effect.ts';
import { type PreflightFinding, warningsOf } from './preflight-finding.ts';
import { choiceSyntaxFindings, syntaxFindings } from './syntax-findings.ts';
import { growthFindings, leftOutFindings, truncationFindings } from './token-limit.ts';

/** What is needed of a model to read words. */
export type WordModel = Pick<DiffusersFolder, 'tokenizer' | 'tokenizer2'>;

/** What the checks need of a pipeline. */
export interface PreflightPipeline {
  readonly model: DiffusersFolder;
  readonly scorer: CombinedScorer;
}

export interface PicturePreflight {
  readonly prompt: string;
  /** Empty for none. */
  readonly negativePrompt: string;
  readonly guidanceScale: number;
  /** @default false */
  readonly allowDistilled?: boolean | undefined;
}

export interface StudyPreflight extends Omit<PicturePreflight, 'prompt'> {
  readonly space: PromptSpace;
  /** What was asked for, where somebody did. */
  readonly search?: PromptSearch | undefined;
}

/** Tokenizers of all text encoders of a model. */
export function tokenizersOf(model: WordModel): readonly ClipTokenizer[] {
  return [model.tokenizer, ...(model.tokenizer2 ? [model.tokenizer2] : [])];
}

/**
 * Warnings about a study, for its user.
 * @throws {DpoError} UNSUPPORTED_MODEL for a model on which a negative prompt has no effect, INVALID_OPTION for guidance of 1 or less
 * where a negative prompt is searched
 */
export function preflightStudy(pipeline: PreflightPipeline, study: StudyPreflight): string[] {
  const { space, negativePrompt } = study;
  const isSearched = searchOf(space) !== 'positive';
  const use = isSearched ? 'searched' : negativePrompt === '' ? 'none' : 'given';
  return warningsOf([
    ...guidanceFindings(pipeline.model, study, use),
    ...textFindings(pipeline, space.prompt, negativePrompt),
    ...missingPartFindings(space, study.search),
    ...leftOutFindings(space),
    ...growthFindings(space, tokenizersOf(pipeline.model)),
    ...choiceSyntaxFindings(space),
    ...remarkFindings(space),
  ]);
}

/** Warnings about pictures to be sampled; nothing is refused. */
export function preflightPictures(pipeline: PreflightPipeline, pictures: PicturePreflight): string[] {
  const { prompt, negativePrompt } = pictures;
  const use = negativePrompt.trim() === '' ? 'none' : 'given';
  return warningsOf([
    ...guidanceFindings(pipeline.model, pictures, use),
    ...textFindings(pipeline, prompt, negativePrompt),
  ]);
}

/** Warnings about a search space that is only shown. */
export function preflightSpace(model: WordModel, space: PromptSpace, search?: PromptSearch): string[] {
  return warningsOf([
    ...missingPartFindings(space, search),
    ...truncationFindings(tokenizersOf(model), space.prompt, 'prompt'),
    ...syntaxFindings(space.prompt, 'prompt'),
    ...leftOutFindings(space),
    ...choiceSyntaxFindings(space),
    ...remarkFindings(space),
  ]);
}

/** What went otherwise than asked while the words were looked for. */
function remarkFindings({ remarks = [] }: PromptSpace): PreflightFinding[] {
  return remarks.map((message) => ({ severity: 'warning', check: 'words', message }));
}

function guidanceFindings(
  model: DiffusersFolder,
  { guidanceScale, allowDistilled = false }: Pick<PicturePreflight, 'guidanceScale' | 'allowDistilled'>,
  negativePrompt: 'searched' | 'given' | 'none',
): PreflightFinding[] {
  const distillation = distillationOf(traitsOf(model));
  return negativePromptFindings({ negativePrompt, guidanceScale, distillation, allowDistilled });
}

function traitsOf({ name, scheduler, loras = [] }: DiffusersFolder): ModelTraits {
  return { name, schedulerClass: scheduler.className, loraNames: loras.map((lora) => lora.name) };
}

/** The scorer's limit is told of only where the text encoders read everything. */
function textFindings(
  { model, scorer }: PreflightPipeline,
  prompt: string,
  negativePrompt: string,
): PreflightFinding[] {
  const tokenizers = tokenizersOf(model);
  const truncated = truncationFindings(tokenizers, prompt, 'prompt');
  return [
    ...(truncated.length > 0 ? truncated : scorerFindings(scorer, prompt)),
    ...truncationFindings(tokenizers, negativePrompt, 'negative prompt'),
    ...syntaxFindings(prompt, 'prompt'),
    ...syntaxFindings(negativePrompt, 'negative prompt'),
  ];
}

function scorerFindings(scorer: CombinedScorer, prompt: string): PreflightFinding[] {
  const message = scorerTruncationWarning(scorer, prompt);
  return message === undefined ? [] : [{ severity: 'warning', check: 'token-limit', message }];
}
