/** @file The short cuts of a search as text: for people, and for the command line that asks for them again. */
import type { RecordedAcceleration } from './study-event.ts';

/** The command line's options that ask for it again. */
export function accelerationArguments(
  recorded: RecordedAcceleration | undefined,
  exact: { readonly steps: number; readonly scheduler: string },
): string[] {
  if (recorded === undefined) return [];
  const { gradientRefresh, looks, raceKeep, steps, scheduler, confirm, prefix, positiveFrom } = recorded;
  return [
    ...(gradientRefresh === 1 ? [] : ['--gradient-refresh', String(gradientRefresh)]),
    ...(looks.length === 0 ? [] : ['--race-at', looks.join(','), '--race-keep', String(raceKeep)]),
    ...(steps === exact.steps ? [] : ['--search-steps', String(steps)]),
    ...(scheduler === exact.scheduler ? [] : ['--search-scheduler', scheduler]),
    ...(prefix === 0 ? [] : ['--share-prefix', String(prefix)]),
    ...(positiveFrom === 0 ? [] : ['--share-positive', String(positiveFrom)]),
    ...(confirm === 0 ? [] : ['--confirm', String(confirm)]),
  ];
}

/** For people: a clause for each short cut. */
export function accelerationTexts(recorded: RecordedAcceleration): string[] {
  const {
    gradientRefresh,
    looks,
    raceKeep,
    steps,
    sampler,
    confirm,
    confirmsOriginal,
    prefix,
    positiveFrom,
  } = recorded;
  const percent = `${Math.round(100 * raceKeep)} %`;
  return [
    ...(confirmsOriginal ? [`the search's pictures take ${steps} steps of ${sampler}`] : []),
    ...(gradientRefresh === 'never' ? ["gradients at the original's latents"] : []),
    ...(typeof gradientRefresh === 'number' && gradientRefresh > 1
      ? [`${gradientRefresh} gradients at one sampling's latents`]
      : []),
    ...(looks.length > 0 ? [`races: ${percent} go on after step ${looks.join(', ')}`] : []),
    ...(prefix > 0 ? [`the first ${prefix} steps are the original's`] : []),
    ...(positiveFrom > 0 ? [`the positive branch is the original's before step ${positiveFrom}`] : []),
    ...(confirm > 0 ? [`the best ${confirm} are confirmed with exact pictures`] : []),
  ];
}
