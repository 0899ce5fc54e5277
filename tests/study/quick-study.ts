/** @file A study of a second on the embedded model, and what it tells as data that two runs can be compared by. */
import { createHash } from 'node:crypto';
import type { PromptSpace, StudyEvent, StudyOptions, StudyResult } from '../../src/index.ts';

export const STUDY_PROMPT = 'a red cat and a blue car';

/** Four steps, one seed and few evaluations; gradient search, then evolution. */
export const QUICK_STUDY = {
  steps: 4,
  guidanceScale: 5,
  seeds: [2],
  heldOutSeeds: [3, 5],
  budget: 7,
  gradient: { iterations: 3 },
} satisfies StudyOptions;

/** Two slots of the prompt with one choice each, given rather than found. */
export const SMALL_SPACE: PromptSpace = {
  prompt: STUDY_PROMPT,
  task: 'improve',
  slots: ['dog', 'green'].map((text, i) => ({
    text: ['cat', 'blue'][i],
    start: [6, 16][i],
    choices: [{ text, source: 'test', relation: 'contrast', score: 1 }],
  })),
};

export type EventOf<Type extends StudyEvent['type']> = Extract<StudyEvent, { type: Type }>;

export async function eventsOf(study: AsyncIterable<StudyEvent>): Promise<StudyEvent[]> {
  const events: StudyEvent[] = [];
  for await (const event of study) events.push(event);
  return events;
}

export function ofType<Type extends StudyEvent['type']>(
  events: readonly StudyEvent[],
  type: Type,
): EventOf<Type>[] {
  return events.filter((event): event is EventOf<Type> => event.type === type);
}

/** The result, which the last event must hold. */
export function finishedBy(events: readonly StudyEvent[]): StudyResult {
  const last = events[events.length - 1];
  if (last.type !== 'finished') throw new Error(`The last event is ${last.type}.`);
  return last.result;
}

/** Every event in order, with digests for pixels and nothing of time. */
export async function toldBy(events: AsyncIterable<StudyEvent>): Promise<unknown[]> {
  const told: unknown[] = [];
  for await (const event of events) told.push(JSON.parse(JSON.stringify(event, timeless)));
  return told;
}

function timeless(key: string, value: unknown): unknown {
  if (key === 'seconds') return undefined;
  if (value instanceof Float32Array)
    return createHash('sha256').update(new Uint8Array(value.buffer)).digest('hex');
  return value;
}
