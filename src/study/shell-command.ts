/** @file Command lines that a reader can paste into a shell. */
import type { StartedEvent } from './study-event.ts';

/** `args` as one POSIX shell command, quoted where needed. */
export function shellCommand(args: readonly string[]): string {
  return args.map(shellWord).join(' ');
}

/** The arguments that ask for a study like `started` again, as far as it tells. */
export function studyCommand({ space, settings, ...started }: StartedEvent): string[] {
  const prompt = space.prompt.startsWith('-') ? ['--', space.prompt] : [space.prompt];
  return [
    ...['npx', 'dpo-diff', space.task],
    ...(settings.model === 'pocket' ? [] : ['--model', settings.model]),
    ...['--seeds', started.seeds.join(',')],
    ...['--search-seed', String(started.searchSeed)],
    ...['--steps', String(settings.steps), '--guidance', String(settings.guidanceScale)],
    ...['--method', started.method],
    ...(Number.isFinite(started.budget) ? ['--budget', String(started.budget)] : []),
    ...prompt,
  ];
}

function shellWord(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
