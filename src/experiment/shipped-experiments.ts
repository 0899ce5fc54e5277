/** @file The experiments that come with the program, by their names. */
import { existsSync, readdirSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DpoError } from '../errors.ts';
import { nearestName } from '../words/nearest-name.ts';

/** The folder with their files, beside the program's own code. */
export const SHIPPED_EXPERIMENTS = fileURLToPath(new URL('../../experiments', import.meta.url));

const EXTENSION = '.yaml';

/** In alphabetical order. */
export function shippedExperimentNames(): string[] {
  return readdirSync(SHIPPED_EXPERIMENTS)
    .filter((name) => extname(name) === EXTENSION)
    .map((name) => basename(name, EXTENSION))
    .sort();
}

export function shippedExperimentPath(name: string): string {
  return join(SHIPPED_EXPERIMENTS, `${name}${EXTENSION}`);
}

/** The file that the user means: one of theirs, or a shipped one by its name, with or without `.yaml`; undefined where there is none. */
export function findExperiment(named: string): string | undefined {
  if (existsSync(named) && extname(named) !== '') return named;
  const name = basename(named, EXTENSION);
  const isBare = named === name || named === `${name}${EXTENSION}`;
  if (isBare && shippedExperimentNames().includes(name)) return shippedExperimentPath(name);
  return existsSync(named) ? named : undefined;
}

/** An INVALID_OPTION error: there is no such experiment. */
export function noExperiment(named: string): DpoError {
  const near = nearestName(basename(named, EXTENSION), shippedExperimentNames());
  const hint =
    near === undefined
      ? 'dpo-diff experiment lists those that come with the program.'
      : `Did you mean "${near}"?`;
  return new DpoError(
    'INVALID_OPTION',
    `There is no file ${named}, and no experiment of that name. ${hint}`,
    {
      details: { experiment: named },
    },
  );
}
