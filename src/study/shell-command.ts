/** @file Command lines that a reader can paste into a shell. */
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
    ...(settings.model === 'pocket' ? [] : ['--model', settings.model]),
    ...(settings.loras ?? []).flatMap(({ name, scale }) => ['--lora', `${name}.safetensors:${scale}`]),
    ...['--seeds', started.seeds.join(',')],
    ...['--held-out-seeds', started.heldOutSeeds.join(',') || 'none'],
    ...['--steps', String(settings.steps), '--guidance', String(settings.guidanceScale)],
    ...(settings.eta === 0 ? [] : ['--eta', String(settings.eta)]),
    ...['--size', `${settings.width}x${settings.height}`],
    ...['--method', method, '--search-seed', String(started.searchSeed)],
    ...(Number.isFinite(budget) ? ['--budget', String(budget)] : []),
    ...late,
  ];
}

function shellWord(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
