/** @file What a report says of the experiment itself: how far it is, where it was computed, how to repeat it. */
import type { ExperimentDefinition } from '../experiment-definition.ts';
import type { ExperimentRow } from '../experiment-row.ts';
import { numberText } from './value-text.ts';

/** Where the report's numbers come from, or at least where it was written. */
export interface ReportMachine {
  /** Such as `Xeon, 2 cores, 24 GiB`. */
  readonly processor: string;
  readonly cores: number;
  /** Bytes. */
  readonly memory?: number;
  /** Such as `linux x64, Node 24.1.0`. */
  readonly system: string;
}

export interface ReportCounts {
  /** Jobs that nobody finished yet, running ones among them. */
  readonly waiting: number;
  readonly failed: number;
}

export interface ReportFacts {
  readonly machine: ReportMachine;
  /** As it is typed to repeat the experiment. */
  readonly command: string;
  /** Spent in all. */
  readonly seconds: number;
  readonly counts: ReportCounts;
}

/** What a reader must know before any number; undefined when every job was done. */
export function incompleteText({ waiting, failed }: ReportCounts, done: number): string | undefined {
  if (waiting === 0 && failed === 0) return undefined;
  const parts = [
    ...(waiting > 0 ? [`${jobs(waiting)} not done yet`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
  ];
  return `This experiment is not complete: of ${jobs(done + waiting + failed)}, ${done} ${done === 1 ? 'is' : 'are'} done, ${parts.join(', ').replace(/^(\d+) jobs?/, '$1')}. What follows is of those that are done and may change.`;
}

export function factPairs(
  definition: ExperimentDefinition,
  rows: readonly ExperimentRow[],
  { machine, seconds, counts }: ReportFacts,
): [name: string, value: string][] {
  const prompts = new Set(rows.map(({ promptIndex }) => promptIndex)).size;
  const calls = rows.reduce((sum, { unetCalls }) => sum + (unetCalls || 0), 0);
  return [
    ['Runs', definition.runs.map(({ name }) => name).join('; ') || 'none'],
    ['Prompts', String(prompts)],
    ['Search seeds', definition.searchSeeds.join(', ') || 'none'],
    ['Jobs', jobsText(counts, rows.length)],
    ['UNet calls', numberText(calls, 'count')],
    ['Time', numberText(seconds, 'seconds')],
    ['Machine', machineText(machine)],
    ...Object.entries(definition.options).map(([name, value]): [string, string] => [name, optionText(value)]),
  ];
}

function jobsText({ waiting, failed }: ReportCounts, done: number): string {
  return `${done} done${waiting > 0 ? `, ${waiting} waiting` : ''}${failed > 0 ? `, ${failed} failed` : ''}`;
}

function machineText({ processor, cores, memory, system }: ReportMachine): string {
  const size = memory === undefined ? '' : `, ${Math.round(memory / 2 ** 30)} GiB`;
  return `${processor}, ${cores} ${cores === 1 ? 'core' : 'cores'}${size}, ${system}`;
}

function optionText(value: unknown): string {
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function jobs(count: number): string {
  return `${count} ${count === 1 ? 'job' : 'jobs'}`;
}
