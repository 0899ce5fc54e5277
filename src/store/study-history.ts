/** @file What happened in each study, evaluation by evaluation and event by event. */
import type { Database } from './database.ts';

/** `invalid` cannot count (a black picture), `pruned` was stopped early as hopeless. */
export type EvaluationState = 'done' | 'invalid' | 'pruned';

/** One candidate, in the order of the search. */
export interface StoredEvaluation {
  readonly place: number;
  readonly state: EvaluationState;
  readonly prompt: string;
  readonly negativePrompt: string;
  /** Mean over the searched seeds; null where it does not count. */
  readonly loss: number | null;
  /** Of the study, when it was known. */
  readonly seconds: number;
  /** All else that its event said. */
  readonly details: unknown;
}

interface EvaluationRow extends Omit<StoredEvaluation, 'negativePrompt' | 'details'> {
  readonly negative_prompt: string;
  readonly details: string;
}

export class StudyHistory {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Enters an evaluation; one that was entered before a kill stays as it was. */
  addEvaluation(study: number, evaluation: StoredEvaluation): void {
    const { place, state, prompt, negativePrompt, loss, seconds, details } = evaluation;
    this.#database
      .statement(
        `INSERT OR IGNORE INTO evaluations (study, place, state, prompt, negative_prompt, loss, seconds, details)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(study, place, state, prompt, negativePrompt, loss, seconds, JSON.stringify(details));
  }

  evaluations(study: number): StoredEvaluation[] {
    const rows = this.#database
      .statement<EvaluationRow>(
        'SELECT place, state, prompt, negative_prompt, loss, seconds, details FROM evaluations WHERE study = ? ORDER BY place',
      )
      .all(study);
    return rows.map(({ negative_prompt: negativePrompt, details, ...row }) => ({
      ...row,
      negativePrompt,
      details: JSON.parse(details),
    }));
  }

  /** Enters the event of that place, over what was there before a kill. */
  addEvent(study: number, place: number, event: unknown): void {
    this.#database
      .statement('INSERT OR REPLACE INTO events (study, place, event) VALUES (?, ?, ?)')
      .run(study, place, JSON.stringify(event));
  }

  events(study: number): unknown[] {
    return this.#database
      .statement<{ event: string }>('SELECT event FROM events WHERE study = ? ORDER BY place')
      .all(study)
      .map(({ event }) => JSON.parse(event));
  }

  /** Forgets what is beyond so many events and evaluations: an earlier process may have come to another end. */
  cut(study: number, events: number, evaluations: number): void {
    this.#database.atomically(() => {
      this.#database.statement('DELETE FROM events WHERE study = ? AND place >= ?').run(study, events);
      this.#database
        .statement('DELETE FROM evaluations WHERE study = ? AND place >= ?')
        .run(study, evaluations);
    });
  }
}
