/** @file Reads an experiment's file: what is wrong in it is told with its line. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, extname, resolve } from 'node:path';
import type { z } from 'zod';
import { fileAccessError } from '../checkpoint/read-json.ts';
import { didYouMean } from '../words/nearest-name.ts';
import { checkHeldOutSeeds } from './check-held-out-seeds.ts';
import { expandRuns, type WrittenRun } from './expand-runs.ts';
import type { ExperimentDefinition, ExperimentRun, PromptSource } from './experiment-definition.ts';
import { type ExperimentFile, experimentSchema, NAME, ROW_KINDS } from './experiment-schema.ts';
import { checkFurtherSeeds } from './further-seeds.ts';
import { FILE_OPTIONS, type OptionRules } from './option-rules.ts';
import { YamlFile, type YamlPath } from './read-yaml.ts';
import { PARAMETERS } from './run-parameters.ts';

export interface ReadExperimentOptions {
  /** What options are there. */
  readonly rules: OptionRules;
  /** Options over the file's common ones, checked already; what a run says itself stays. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** In place of the file's name. */
  readonly name?: string | undefined;
}

/** Every key of the file but names of options, for "Did you mean". */
const KEYS =
  'name title paper found report prompts hard searchSeeds kind task options parameters runs matrix from count seed heldOut path lossAbove lossBelow seeds missesConcept whereNotJudged draws stepIndexes gradientSteps stepIndex negative'.split(
    ' ',
  );

/** @throws {DpoError} FILE_ACCESS when the file cannot be read; INVALID_OPTION with the line of what is wrong in it */
export async function readExperiment(
  path: string,
  options: ReadExperimentOptions,
): Promise<ExperimentDefinition> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw fileAccessError(path, cause);
  }
  return parseExperiment(text, path, options);
}

/** Checks the text of an experiment's file; `path` is for messages, and paths in the file begin at its folder. @throws {DpoError} INVALID_OPTION */
export function parseExperiment(
  text: string,
  path: string,
  { rules, options: overrides = {}, name }: ReadExperimentOptions,
): ExperimentDefinition {
  const yaml = new YamlFile(text, path);
  const file = checked(yaml);
  const reader = new OptionReader(yaml, rules);
  const common = { ...reader.options(file.options ?? {}, ['options']), ...storable(overrides) };
  const runs = namedApart(
    expandRuns(file).map((run) => reader.run(run)),
    yaml,
  );
  const definition: ExperimentDefinition = {
    name: name ?? file.name ?? nameOf(yaml),
    title: file.title,
    ...(file.paper !== undefined && { paper: file.paper }),
    found: file.found,
    report: file.report,
    prompts: sourceAt(dirname(path), file.prompts),
    ...(file.hard && { hard: plain(hardOf(file.hard, yaml)) }),
    searchSeeds: file.searchSeeds ?? [0],
    options: common,
    runs,
  };
  checkHeldOutSeeds(definition, (problem) => yaml.error(['hard'], problem));
  checkFurtherSeeds(definition, (problem) => yaml.error(['searchSeeds'], problem));
  return definition;
}

function checked(yaml: YamlFile): ExperimentFile {
  const result = experimentSchema.safeParse(yaml.data);
  if (result.success) return result.data;
  const { issues } = result.error;
  // A misspelt name is why another is missing.
  throw issueError(yaml, [], issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0]);
}

function issueError(yaml: YamlFile, above: YamlPath, issue: z.core.$ZodIssue): Error {
  const path = [...above, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    const [key] = issue.keys;
    return yaml.error(
      [...path, key],
      `"${key}" means nothing here.${didYouMean(
        key,
        KEYS.filter((known) => known !== key),
      )}`,
    );
  }
  const named = path.filter((part) => typeof part === 'string').at(-1);
  const found = path.reduce<unknown>(
    (value, key) => (value as Record<PropertyKey, unknown> | null)?.[key],
    yaml.data,
  );
  if (path.length === 0) return yaml.error([], `it must hold ${issue.message}.`);
  if (found === undefined)
    return yaml.error(path, `"${String(named)}" is missing; it must be ${issue.message}.`);
  return yaml.error(path, `"${String(named)}" must be ${issue.message}, but it is ${JSON.stringify(found)}.`);
}

/** Checks options and parameters where they stand. */
class OptionReader {
  readonly #yaml: YamlFile;
  readonly #rules: OptionRules;

  constructor(yaml: YamlFile, rules: OptionRules) {
    this.#yaml = yaml;
    this.#rules = rules;
  }

  run({ name, kind, task, options, parameters, at }: WrittenRun): ExperimentRun {
    const place = at[0] === 'matrix' ? at : [...at, 'options'];
    if (!ROW_KINDS.includes(kind))
      throw this.#yaml.error(
        ['matrix', 'kind'],
        `"kind" must be one of ${ROW_KINDS.join(', ')}, but it is "${kind}".`,
      );
    if (task !== 'improve' && task !== 'attack')
      throw this.#yaml.error(
        ['matrix', 'task'],
        `"task" must be improve or attack, but it is "${String(task)}".`,
      );
    const ofModel = Object.keys(options).find((option) => this.#rules.ofModel.has(option));
    if (ofModel !== undefined)
      throw this.#yaml.error(
        [...place, ofModel],
        `"${ofModel}" stands in a run, but all runs share one model. Put it under the file's own "options".`,
      );
    const result = PARAMETERS[kind].safeParse(parameters);
    if (!result.success) throw issueError(this.#yaml, [...at, 'parameters'], result.error.issues[0]);
    return { name, kind, task, options: this.options(options, place), parameters };
  }

  options(given: Readonly<Record<string, unknown>>, at: YamlPath): Readonly<Record<string, unknown>> {
    const read = Object.entries(given).map(([name, value]) => {
      const refusal = this.#rules.refused.get(name);
      if (refusal !== undefined)
        throw this.#yaml.error([...at, name], `"${name}" cannot stand here. ${refusal}`);
      const place = this.#yaml.placeOf([...at, name]);
      const found = FILE_OPTIONS.has(name) ? this.#atFile(value) : value;
      return this.#rules.parse({ [name]: found }, { subject: `The experiment file ${place},`, place });
    });
    return storable(Object.assign({}, ...read));
  }

  /** What begins with a dot, or lies beside the file, is a path from there; all else may be a name. */
  #atFile(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((one) => this.#atFile(one));
    if (typeof value !== 'string') return value;
    const path = resolve(dirname(this.#yaml.path), value);
    return /^\.{1,2}[/\\]/.test(value) || existsSync(path) ? path : value;
  }
}

/** JSON has no infinite number. */
function storable(options: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return plain(
    Object.fromEntries(
      Object.entries(options).map(([name, value]) => [
        name,
        value === Number.POSITIVE_INFINITY ? 'unlimited' : value,
      ]),
    ),
  );
}

/** As it comes back from a store: what is undefined is not there. */
function plain<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

function sourceAt(folder: string, source: ExperimentFile['prompts']): PromptSource {
  return plain('path' in source ? { ...source, path: resolve(folder, source.path) } : source) as PromptSource;
}

function hardOf(
  hard: NonNullable<ExperimentFile['hard']>,
  yaml: YamlFile,
): NonNullable<ExperimentDefinition['hard']> {
  const { lossAbove, lossBelow, missesConcept } = hard;
  if (lossAbove === undefined && lossBelow === undefined && missesConcept === undefined)
    throw yaml.error(
      ['hard'],
      '"hard" must say what a hard prompt is: lossAbove, lossBelow or missesConcept.',
    );
  return hard as NonNullable<ExperimentDefinition['hard']>;
}

function namedApart(runs: readonly ExperimentRun[], yaml: YamlFile): readonly ExperimentRun[] {
  const names = runs.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice === undefined) return runs;
  throw yaml.error(['runs'], `two runs are called "${twice}". Give each a name of its own.`);
}

function nameOf(yaml: YamlFile): string {
  const name = basename(yaml.path, extname(yaml.path));
  if (NAME.test(name)) return name;
  throw yaml.error(
    [],
    `it has no "name", and its own, "${name}", is none: a name has letters, digits and hyphens.`,
  );
}
