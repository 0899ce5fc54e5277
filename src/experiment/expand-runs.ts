/** @file The runs of an experiment: those that are listed, then one for each combination of the matrix. */
import type { ExperimentFile } from './experiment-schema.ts';

/** A run before its options are checked. */
export interface WrittenRun {
  readonly name: string;
  readonly kind: NonNullable<ExperimentFile['kind']>;
  readonly task: NonNullable<ExperimentFile['task']>;
  readonly options: Readonly<Record<string, unknown>>;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Where it stands in the file; its options lie below. */
  readonly at: readonly (string | number)[];
}

/** Values by the names of their axes. */
type Combination = Readonly<Record<string, string | number | boolean>>;

/** Axes of the matrix that are no options. */
const OWN_AXES = ['task', 'kind'] as const;

/** What stands at the top of the file holds for runs that do not say otherwise. */
export function expandRuns(file: ExperimentFile): WrittenRun[] {
  const common = {
    kind: file.kind ?? 'study',
    task: file.task ?? 'improve',
    parameters: file.parameters ?? {},
  } as const;
  const listed = (file.runs ?? []).map(({ name, kind, task, options, parameters }, index) => ({
    name,
    kind: kind ?? common.kind,
    task: task ?? common.task,
    options: options ?? {},
    // Parameters of one kind mean nothing to another.
    parameters:
      kind === undefined || kind === common.kind
        ? { ...common.parameters, ...parameters }
        : (parameters ?? {}),
    at: ['runs', index],
  }));
  return [...listed, ...combinationsOf(file.matrix ?? {}).map((values) => matrixRun(values, file, common))];
}

function matrixRun(
  values: Combination,
  { matrix = {} }: ExperimentFile,
  common: Pick<WrittenRun, 'kind' | 'task' | 'parameters'>,
): WrittenRun {
  const telling = Object.entries(values).filter(([axis]) => matrix[axis].length > 1);
  const options = Object.entries(values).filter(([axis]) => !OWN_AXES.some((own) => own === axis));
  return {
    ...common,
    ...Object.fromEntries(OWN_AXES.flatMap((own) => (own in values ? [[own, values[own]]] : []))),
    name: (telling.length > 0 ? telling : Object.entries(values))
      .map(([, value]) => String(value))
      .join(', '),
    options: Object.fromEntries(options),
    at: ['matrix'],
  };
}

/** The last axis varies fastest. */
function combinationsOf(
  matrix: Readonly<Record<string, readonly (string | number | boolean)[]>>,
): Combination[] {
  const axes = Object.entries(matrix);
  if (axes.length === 0) return [];
  return axes.reduce<Combination[]>(
    (all, [axis, values]) => all.flatMap((one) => values.map((value) => ({ ...one, [axis]: value }))),
    [{}],
  );
}
