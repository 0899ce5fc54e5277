/** @file Command lines that a reader can paste into a shell. */
import { sizeConditioningTexts } from './size-conditioning-text.ts';
import type { PictureSettings, StartedEvent } from './study-event.ts';
import type { StudyRecord } from './study-record.ts';

/** `args` as one POSIX shell command, quoted where needed. */
export function shellCommand(args: readonly string[]): string {
  return args.map(shellWord).join(' ');
}

/** The arguments that ask for a study like this again, as far as its record tells. */
export function studyCommand({ started, result }: Pick<StudyRecord, 'started' | 'result'>): string[] {
  const { space, settings, budget, method } = started;
  // A prompt that looks like an option must come after `--`.
  const [early, late] = space.prompt.startsWith('-') ? [[], ['--', space.prompt]] : [[space.prompt], []];
  const negative = space.task === 'attack' ? result.original.negativePrompt : '';
  return [
    ...['npx', 'dpo-diff', space.task, ...early],
    ...(negative === '' ? [] : [`--negative=${negative}`]),
    ...modelArguments(settings),
    ...scorerArguments(started),
    ...['--seeds', started.seeds.join(',')],
    ...['--held-out-seeds', started.heldOutSeeds.join(',') || 'none'],
    ...samplerArguments(settings),
    ...placeArguments(settings),
    ...similarityArguments(started),
    ...sizeConditioningTexts(settings).flatMap(({ option, text }) => [`--${option}`, text]),
    ...['--method', method, '--search-seed', String(started.searchSeed)],
    ...(Number.isFinite(budget) ? ['--budget', String(budget)] : []),
    ...late,
  ];
}

function modelArguments({ model, loras = [] }: PictureSettings): string[] {
  return [
    ...(model === 'pocket' ? [] : ['--model', model]),
    ...loras.flatMap(({ name, scale }) => ['--lora', `${name}.safetensors:${scale}`]),
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
  const { steps, guidanceScale, scheduler, karrasSigmas, timestepSpacing, eta, width, height } = settings;
  return [
    ...['--steps', String(steps), '--guidance', String(guidanceScale), '--scheduler', scheduler],
    ...(karrasSigmas ? ['--karras'] : []),
    ...(timestepSpacing === null ? [] : ['--spacing', timestepSpacing]),
    ...(eta === 0 ? [] : ['--eta', String(eta)]),
    ...['--size', `${width}x${height}`],
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
