/** @file Options that do nothing as the others are. They are told of and not refused, because a configuration file may be made for other searches too. */
import { parseGivenSpace } from '../words/word-sources.ts';
import { kebabCase } from './option-spec.ts';
import type { CliOptions, OptionName } from './shared-options.ts';

/** What makes the search's pictures others than exact ones. */
const INEXACT = ['searchSteps', 'searchScheduler', 'sharePrefix', 'sharePositive'] as const;

const OF_GRADIENT = [
  ...(['iterations', 'gradientSteps', 'gradientStepIndex', 'gradientRefresh'] as const),
  ...(['temperature', 'learningRate', 'momentum'] as const),
];

/** A sentence for each. */
export function unusedOptionWarnings(options: CliOptions): string[] {
  const { method } = options;
  const isBlind = method === 'random' || method === 'evolution';
  return [
    ...(isAnyGiven(options, INEXACT) ? [] : unused(options, ['confirm'], `without ${oneOf(INEXACT)}`)),
    ...(isAnyGiven(options, ['raceAt']) ? [] : unused(options, ['raceKeep'], 'without --race-at')),
    ...unusedWords(options),
    ...(isBlind ? unused(options, OF_GRADIENT, `with --method ${method}, which follows no gradient`) : []),
  ];
}

/** Those about where the words come from. */
export function unusedWords(options: CliOptions): string[] {
  const given = options.space === undefined ? undefined : parseGivenSpace(options.space);
  if (given?.kind === 'sources' && given.sources.includes('library')) return [];
  return unused(options, ['librarySlots'], 'without library among the names of --space');
}

function unused(options: CliOptions, names: readonly OptionName[], why: string): string[] {
  return names
    .filter((name) => options[name] !== undefined)
    .map((name) => `--${kebabCase(name)} has nothing to do ${why}.`);
}

function isAnyGiven(options: CliOptions, names: readonly OptionName[]): boolean {
  return names.some((name) => options[name] !== undefined);
}

function oneOf(names: readonly OptionName[]): string {
  const typed = names.map((name) => `--${kebabCase(name)}`);
  return `${typed.slice(0, -1).join(', ')} or ${typed.at(-1)}`;
}
