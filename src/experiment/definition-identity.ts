/** @file Whether two definitions ask for the same rows, however they are written. */
import type { ExperimentDefinition } from './experiment-definition.ts';

/** Equal for definitions that lead to the same rows: what only tells of them does not count, nor does the order of names. */
export function definitionIdentity(definition: ExperimentDefinition): string {
  const { title: _, paper: __, found: ___, report: ____, ...asked } = definition;
  return JSON.stringify(asked, (_key, value: unknown) => (isRecord(value) ? sorted(value) : value));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sorted(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).sort(([one], [other]) => (one < other ? -1 : 1)));
}
