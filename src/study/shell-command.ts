/** @file Command lines that a reader can paste into a shell. */

import type { PromptSpace } from '../words/prompt-space.ts';
import { searchedSlots, TASK_PART } from '../words/searched-slots.ts';
import { accelerationArguments } from './acceleration-texts.ts';
import type { PictureSettings } from './recorded-settings.ts';
import { sizeConditioningTexts } from './size-conditioning-text.ts';
import type { StartedEvent } from './study-event.ts';
import type { StudyRecord } from './study-record.ts';
import type { StudyResult } from './study-result.ts';

/** `args` as one POSIX shell command, quoted where needed. */
export function shellCommand(args: readonly string[]): string {
  return args.map(shellWord).join(' ');
}

/** The arguments that ask for a study like this again, as far as its record tells. */
export function studyCommand({ started, result }: Pick<StudyRecord, 'started' | 'result'>): string[] {
  const { space, settings, budget, method } = started;
  // A prompt that looks like an option must come after `--`.
  const [early, late] = space.prompt.startsWith('-') ? [[], ['--', space.prompt]] : [[space.prompt], []];
  const negative = result.original.negativePrompt;
  return [
    ...['npx', 'dpo-diff', space.task, ...early],
    ...(negative === '' ? [] : [`--negative=${negative}`]),
    ...wordArguments(started, result),
    ...modelArguments(started),
    ...languageModelArguments(space),
    ...scorerArguments(started),
    ...['--seeds', started.seeds.join(',')],
    ...['--held-out-seeds', started.heldOutSeeds.join(',') || 'none'],
    ...samplerArguments(settings),
    ...goalArguments(started),
    ...accelerationArguments(started.acceleration, settings),
    ...placeArguments(settings),
    ...similarityArguments(started),
    ...sizeConditioningTexts(settings).flatMap(({ option, text }) => [`--${option}`, text]),
    ...['--method', method, '--search-seed', String(started.searchSeed)],
    ...(Number.isFinite(budget) ? ['--budget', String(budget)] : []),
    ...late,
  ];
}

/** What the goal stands for is written out, so that it stays the same where its defaults change. */
function goalArguments({ for: goal, seedLooks = [], ablation }: StartedEvent): string[] {
  const isRaced = seedLooks.length > 0;
  return [
    ...(goal ? ['--for', goal] : []),
    ...(goal || isRaced ? ['--race-seeds', seedLooks.join(',') || 'never'] : []),
    ...(ablation ? ['--ablation'] : []),
  ];
}

/** Which prompts were searched, and whether with the library's words. */
function wordArguments({ space }: StartedEvent, { search }: StudyResult): string[] {
  if (space.library === undefined) return search === TASK_PART[space.task] ? [] : ['--search', search];
  const parts = new Set(searchedSlots(space).map(({ kind, part }) => (kind === 'library' ? kind : part)));
  const names = { negative: 'antonym', library: 'library', positive: 'synonym' } as const;
  return ['--space', [...parts].map((part) => names[part]).join('+')];
}

/** By the names that were given; what a pipeline put together by hand is called need not be a path. */
function modelArguments({ settings, namedModel }: StartedEvent): string[] {
  if (namedModel !== undefined) {
    const { source, pipelineConfig, predictionType, variant, loras = [] } = namedModel;
    return [
      ...(source === undefined ? [] : ['--model', source]),
      ...(pipelineConfig === undefined ? [] : ['--pipeline-config', pipelineConfig]),
      ...(predictionType === undefined ? [] : ['--prediction-type', predictionType]),
      ...(variant === undefined ? [] : ['--variant', variant]),
      ...loras.flatMap((lora) => ['--lora', `${lora.source}:${lora.scale}`]),
    ];
  }
  const { model, loras = [] } = settings;
  return [
    ...(model === 'pocket' ? [] : ['--model', model]),
    ...loras.flatMap(({ name, scale }) => ['--lora', `${name}.safetensors:${scale}`]),
  ];
}

function languageModelArguments({ slots, languageModel, keyConcepts }: PromptSpace): string[] {
  const isMixed = slots.some(({ choices }) => choices.some(({ source }) => source !== 'llm'));
  return [
    ...(languageModel ? ['--words', isMixed ? 'llm+dictionary' : 'llm'] : []),
    ...(languageModel ? ['--llm-model', languageModel.model] : []),
    ...(keyConcepts ? ['--keywords'] : []),
  ];
}

function scorerArguments({ settings, namedScorers }: StartedEvent): string[] {
  const { scorers = [], heldOut } = namedScorers ?? {};
  return [
    ...scorers.flatMap(({ source, weight }) => ['--scorer', weight === 1 ? source : `${source}:${weight}`]),
    ...(settings.loss === 'cosine' ? ['--loss', 'cosine'] : []),
    ...(heldOut === undefined ? [] : ['--held-out-scorer', heldOut]),
  ];
}

function similarityArguments({ constraint }: StartedEvent): string[] {
  if (constraint === undefined) return [];
  const { source, minSimilarity } = constraint;
  // A negative number would look like an option.
  return [
    ...(source === undefined ? [] : ['--similarity-model', source]),
    `--min-similarity=${minSimilarity}`,
  ];
}

function samplerArguments(settings: PictureSettings): string[] {
  const { steps, guidanceScale, scheduler, karrasSigmas, timestepSpacing, eta, width, height, vaeTiling } =
    settings;
  return [
    ...['--steps', String(steps), '--guidance', String(guidanceScale), '--scheduler', scheduler],
    ...(karrasSigmas ? ['--karras'] : []),
    ...(timestepSpacing === null ? [] : ['--spacing', timestepSpacing]),
    ...(eta === 0 ? [] : ['--eta', String(eta)]),
    ...['--size', `${width}x${height}`],
    ...(vaeTiling === 'on' ? ['--vae-tiling', 'on'] : []),
  ];
}

function placeArguments({ device, precision }: PictureSettings): string[] {
  if (device === 'cpu' && precision === 'float32') return [];
  return [...(device === 'cpu' ? [] : ['--device', device]), '--precision', precision];
}

function shellWord(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
