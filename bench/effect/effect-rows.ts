/** @file The effect experiment's file of rows: one JSON object a line, appended as it comes. */
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ControlRow } from './control-run.ts';
import type { EffectRow, EffectSettings } from './effect-run.ts';

export type AnyRow = EffectRow | ControlRow;

/** What rows were made with before they said so. */
const UNSAID = { steps: 20, guidanceScale: 7.5 };

/** The rows of one file that were made with the same settings; others stay in the file and are left alone. */
export class EffectRows {
  readonly all: AnyRow[];
  readonly #file: string;

  constructor(file: string, { steps, guidanceScale }: EffectSettings) {
    this.#file = file;
    mkdirSync(dirname(file), { recursive: true });
    this.all = readRows(file).filter((row) => row.steps === steps && row.guidanceScale === guidanceScale);
  }

  find(prompt: string, method: AnyRow['method'], searchedSeeds: number): AnyRow | undefined {
    return this.all.find(
      (row) => row.prompt === prompt && row.method === method && row.searchedSeeds === searchedSeeds,
    );
  }

  add(row: AnyRow): void {
    this.all.push(row);
    appendFileSync(this.#file, `${JSON.stringify(row)}\n`);
  }
}

function readRows(file: string): AnyRow[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => ({ ...UNSAID, ...JSON.parse(line) }));
}
