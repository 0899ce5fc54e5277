/** @file The command line's options as experiments take them. */
import type { OptionRules } from '../experiment/option-rules.ts';
import { parseOptions } from './config-file.ts';
import {
  type CliOptions,
  COMMAND_OPTIONS,
  MODEL_OPTIONS,
  OPTIONS,
  type OptionName,
} from './shared-options.ts';

/** What to do instead. */
const INSTEAD: ReadonlyMap<string, string> = new Map([
  ['searchSeed', 'Give "search-seeds", a list, at the top of the file.'],
  ['task', 'Give "task" beside "options".'],
  ['out', 'Pictures are in the store; dpo-diff report shows them.'],
  ...['json', 'quiet', 'verbose', 'store'].map((name): [string, string] => [
    name,
    'It belongs to the command line.',
  ]),
]);

const OF_SEARCHES: readonly string[] = COMMAND_OPTIONS.attack;

export const EXPERIMENT_OPTION_RULES: OptionRules = {
  parse: (given, place) => parseOptions(given, place),
  ofModel: new Set([...MODEL_OPTIONS, 'lora', 'heldOutScorer']),
  refused: new Map(
    (Object.keys(OPTIONS) as OptionName[]).flatMap((name): [string, string][] => {
      const instead = INSTEAD.get(name);
      if (instead !== undefined) return [[name, instead]];
      return OF_SEARCHES.includes(name) ? [] : [[name, 'It is no option of a search.']];
    }),
  ),
};

/** Of the options of `dpo-diff experiment`, those that stand in place of the file's. */
export function overridingOptions(options: CliOptions): Partial<CliOptions> {
  const entries = Object.entries(options).filter(
    ([name]) => OF_SEARCHES.includes(name) && !EXPERIMENT_OPTION_RULES.refused.has(name),
  );
  return Object.fromEntries(entries);
}

/** A definition's options, which came through JSON, as the command line has them. */
export function cliOptionsOf(stored: Readonly<Record<string, unknown>>): CliOptions {
  const entries = Object.entries(stored).map(([name, value]) => [
    name,
    value === 'unlimited' ? Number.POSITIVE_INFINITY : value,
  ]);
  return Object.fromEntries(entries) as CliOptions;
}
