/** @file Command lines that a reader can paste into a shell. */
import { sizeConditioningTexts } from './size-conditioning-text.ts';
import type { StudyRecord } from './study-record.ts';

/** `args` as one POSIX shell command, quoted where needed. */
export function shellCommand(args: readonly string[]): string {
  return args.map(shellWord).join(' ');
}

/** The arguments that ask for a study like this again, as far as its record tells. */
export function studyCommand({ started, result }: Pick<StudyRecord, 'started' | 'result'>): string[] {
  const { space, settings, budget, method, namedScorers } = started;
  // A prompt that looks like an option must come after `--`.
  const [early, late] = space.prompt.startsWith('-') ? [[], ['--', space.prompt]] : [[space.prompt], []];
  const negative = space.task === 'attack' ? result.original.negativePrompt : '';
  return [
    ...['npx', 'dpo-diff', space.task, ...early],
    ...(negative === '' ? [] : [`--negative=${negative}`]),
    ...(settings.model === 'pocket' ? [] : ['--model', settings.model]),
    ...(namedScorers?.scorers ?? []).flatMap(({ source, weight }) => [
      '--scorer',
      weight === 1 ? source : `${source}:${weight}`,
    ]),
    ...(settings.loss === 'cosine' ? ['--loss', 'cosine'] : []),
    ...(namedScorers?.heldOut === undefined ? [] : ['--held-out-scorer', namedScorers.heldOut]),
    ...['--seeds', started.seeds.join(',')],
    ...['--held-out-seeds', started.heldOutSeeds.join(',') || 'none'],
    ...['--steps', String(settings.steps), '--guidance', String(settings.guidanceScale)],
    ...['--scheduler', settings.scheduler],
    ...(settings.karrasSigmas ? ['--karras'] : []),
    ...(settings.timestepSpacing === null ? [] : ['--spacing', settings.timestepSpacing]),
    ...(settings.eta === 0 ? [] : ['--eta', String(settings.eta)]),
    ...['--size', `${settings.width}x${settings.height}`],
    ...(settings.device === 'cpu' ? [] : ['--device', settings.device]),
    ...(settings.device === 'cpu' && settings.precision === 'float32'
      ? []
      : ['--precision', settings.precision]),
    ...sizeConditioningTexts(settings).flatMap(({ option, text }) => [`--${option}`, text]),
    ...['--method', method, '--search-seed', String(started.searchSeed)],
    ...(Number.isFinite(budget) ? ['--budget', String(budget)] : []),
    ...late,
  ];
}

function shellWord(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
