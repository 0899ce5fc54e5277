/** @file The two things that the library does: make a model follow a prompt, and find harmless words that break it. */
import type { Pipeline, SamplingSettings } from '../diffusion/pipeline.ts';
import { usesGradient } from '../search/search.ts';
import type { Task } from '../words/prompt-space.ts';
import { searchOf } from '../words/searched-slots.ts';
import { keptStudy, madeBefore } from './kept-study.ts';
import { applyMemoryFit } from './preflight/memory-fit.ts';
import { preflightStudy } from './preflight/preflight.ts';
import { withPreset } from './presets.ts';
import { PromptStudy } from './prompt-study.ts';
import { type ResolvedStudyOptions, resolveStudyOptions } from './resolve-study-options.ts';
import { Study } from './study.ts';
import type { StudyOptions } from './study-options.ts';
import { buildStudySpace } from './study-space.ts';

/**
 * Searches a negative prompt under which the pictures follow `prompt` better (paper, formula 5); with `search`, synonyms for the words
 * of the prompt instead, or both at once. Pictures are compared with `prompt` as it was given, whatever is searched.
 * The prompts as they were given are the first candidate, so the result is never worse than them on the searched seeds.
 * With `record`, a study that was killed is gone on with by the same call and `record.resume`, and ends as if nothing had happened.
 * @throws {DpoError} at once, INVALID_OPTION, INVALID_PROMPT, INVALID_SPACE or UNSUPPORTED_MODEL (a guidance-distilled model, on which a
 * negative prompt has no effect), NOT_ENOUGH_MEMORY (with what would help), before anything is sampled
 * @example
 * const pipeline = await loadPipeline();
 * const result = await improve(pipeline, 'a red cat and a blue car').result();
 * console.log(result.best.negativePrompt, result.summary);
 */
export function improve(pipeline: Pipeline, prompt: string, options: StudyOptions = {}): Study {
  return startStudy(pipeline, prompt, 'improve', options);
}

/**
 * Searches substitutes for words of `prompt`, of the same meaning, under which the pictures follow `prompt` worse (paper, formula 6);
 * with `search`, a negative prompt instead, or both at once.
 * @throws {DpoError} at once, INVALID_OPTION, INVALID_PROMPT, INVALID_SPACE or NOT_ENOUGH_MEMORY, before anything is sampled
 */
export function attack(pipeline: Pipeline, prompt: string, options: StudyOptions = {}): Study {
  return startStudy(pipeline, prompt, 'attack', options);
}

function startStudy(pipeline: Pipeline, prompt: string, task: Task, given: StudyOptions): Study {
  const options = withPreset(given);
  const words = buildStudySpace(pipeline, prompt, { ...options, task });
  const resolved = resolveStudyOptions(pipeline, task, { ...options, search: searchOf(words) });
  const found = preflightStudy(pipeline, {
    space: words,
    search: options.search,
    negativePrompt: resolved.negativePrompt,
    guidanceScale: resolved.settings.guidanceScale,
    allowDistilled: options.allowDistilled,
  });
  const { settings, warnings } = applyMemoryFit(pipeline, {
    work: followsGradients(resolved) ? 'gradient' : 'sampling',
    settings: resolved.settings,
    vaeTiling: options.vaeTiling,
    ignoreMemory: options.ignoreMemory,
    availableBytes: options.availableBytes,
    made: madeBefore(options),
  });
  const made = { task, prompt, space: words, options: withSettings(resolved, settings) };
  return new Study((emit, signal) =>
    keptStudy(pipeline, made, options, (kept) =>
      new PromptStudy(pipeline, {
        ...made,
        ...kept,
        warnings: [...found, ...warnings],
        emit: (event) => emit(kept.journal?.note(event) ?? event),
        signal,
      }).run(),
    ).finally(() => resolved.similarity?.release()),
  );
}

/** Whatever memory asks for, the search's pictures are decoded as all others are. */
function withSettings(resolved: ResolvedStudyOptions, settings: SamplingSettings): ResolvedStudyOptions {
  const isSame = resolved.searchSettings === resolved.settings;
  const { vaeTiling } = settings;
  return {
    ...resolved,
    settings,
    searchSettings: isSame ? settings : { ...resolved.searchSettings, vaeTiling },
  };
}

function followsGradients({ method, search }: ResolvedStudyOptions): boolean {
  return usesGradient(method) && search.gradient?.iterations !== 0;
}
