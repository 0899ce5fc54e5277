/** @file What an objective must say of itself before a search asks it for anything. */
import { DpoError } from '../errors.ts';
import type { CandidateRace, Objective } from './objective.ts';

/** @throws {DpoError} INVALID_OPTION for a batch size, costs or a race that cannot be. */
export function checkObjective({ batchSize, costs, race }: Objective): void {
  if (!(Number.isInteger(batchSize) && batchSize >= 1))
    throw invalid('batchSize', 'a whole number of at least 1', batchSize);
  for (const [name, cost] of Object.entries(costs ?? {}))
    if (!(cost > 0 && Number.isFinite(cost))) throw invalid(`costs.${name}`, 'a number above 0', cost);
  if (race) checkRace(race, costs?.candidate ?? 1);
}

function checkRace({ looks, keep, heat = 1 }: CandidateRace, whole: number): void {
  if (!(keep > 0 && keep <= 1)) throw invalid('race.keep', 'above 0 and at most 1', keep);
  if (!(Number.isInteger(heat) && heat >= 1))
    throw invalid('race.heat', 'a whole number of at least 1', heat);
  const isAscending = looks.every((cost, i) => cost > (looks[i - 1] ?? 0) && cost < whole);
  if (looks.length === 0 || !isAscending)
    throw invalid('race.looks', `ascending costs above 0 and below ${whole}, at least one`, `[${looks}]`);
}

function invalid(option: string, expected: string, value: unknown): DpoError {
  const message = `The objective's ${option} must be ${expected}, but it is ${String(value)}.`;
  return new DpoError('INVALID_OPTION', message, { details: { option, value } });
}
