/**
 * @file Writes a study into a store as it goes, so that nothing that was computed is lost. A study that goes on is played again from
 * its beginning: the same random numbers, everything that is known out of the store, and the times of its events as they were.
 */
import { DpoError } from '../errors.ts';
import type { StudyStore } from '../store/study-store.ts';
import type { StoredStudy } from '../store/study-table.ts';
import type { StudyClock } from './study-clock.ts';
import type { CandidateEvent, StartedEvent, StudyEvent } from './study-event.ts';
import type { StudyResult } from './study-result.ts';

/** Where and how a study is kept. */
export interface StudyRecording {
  readonly store: StudyStore;
  /** The id of a study of the same prompt and options, which is gone on with. @default a new study */
  readonly resume?: string;
  /** What the caller needs to start it again, besides prompt, options and words; survives JSON. */
  readonly request?: object;
  /** The experiment that it belongs to. */
  readonly experiment?: string;
  /** The key of its job there. */
  readonly job?: string;
}

/** What determines a study. */
export interface JournalEntry {
  readonly task: string;
  readonly prompt: string;
  readonly method: string;
  readonly model: string;
  readonly request: unknown;
  readonly fingerprint: string;
}

type TimedEvent = Extract<StudyEvent, { readonly seconds: number }>;

export class StudyJournal {
  /** The study's id. */
  readonly id: string;
  readonly #store: StudyStore;
  readonly #number: number;
  readonly #clock: StudyClock;
  /** Seconds of the events that an earlier process told, by their kind and number. */
  readonly #times: ReadonlyMap<string, number>;
  /** When a search was over that its time limit ended, and after which event: no more is searched when it is played again. */
  readonly #end: { readonly after: string | undefined; readonly seconds: number } | undefined;
  #place = 0;
  #evaluations = 0;
  #originalLoss: number | null = null;

  /** @throws {DpoError} INVALID_OPTION when the study to go on with is another one, or somebody works on it */
  constructor({ store, resume, experiment, job }: StudyRecording, entry: JournalEntry, clock: StudyClock) {
    const study =
      resume === undefined
        ? store.studies.begin({ ...entry, experiment, job })
        : claimed(store, resume, entry.fingerprint);
    this.id = study.id;
    this.#store = store;
    this.#number = study.number;
    this.#clock = clock;
    const events = resume === undefined ? [] : (store.history.events(study.number) as StudyEvent[]);
    this.#times = timesOf(events);
    this.#end = endOf(study, events);
  }

  /** The event as it is to be told: one that is told again bears its first time. It is on the disk when this returns. */
  note(event: StudyEvent): StudyEvent {
    if (event.type === 'sampling' || event.type === 'finished') return event;
    const told = event.type === 'started' ? withId(event, this.id) : this.#timed(event);
    this.#store.atomically(() => this.#write(told));
    return told;
  }

  finish(result: StudyResult): void {
    this.#store.atomically(() => {
      if (this.#evaluations > 0) this.#noteLosses(result.original.loss, result.best.loss);
      if (result.stoppedBy === 'aborted') {
        this.#store.studies.stop(this.id, result);
        return;
      }
      this.#store.history.cut(this.#number, this.#place, this.#evaluations);
      this.#store.studies.finish(this.id, result);
    });
  }

  /** What is wrong may be the store itself, so a second failure is not told of. */
  fail(error: unknown): void {
    try {
      this.#store.studies.fail(this.id, error instanceof Error ? error.message : String(error));
    } catch {
      // The study stays as it was, and is stale as soon as this process ends.
    }
  }

  #timed(event: StudyEvent): StudyEvent {
    if (!isTimed(event)) return event;
    const key = timeKey(event);
    const seconds = this.#times.get(key);
    if (seconds === undefined) return event;
    this.#clock.resumeAt(key === this.#end?.after ? this.#end.seconds : seconds);
    return { ...event, seconds };
  }

  #write(event: StudyEvent): void {
    this.#store.history.addEvent(this.#number, this.#place++, recorded(event));
    if (event.type !== 'candidate') return;
    this.#addEvaluation(event);
    if (event.index === 0) this.#originalLoss = event.loss;
    this.#evaluations += 1;
    this.#noteLosses(this.#originalLoss, event.bestLoss);
  }

  /** Those of the search's own pictures, until the result knows those of exact ones. */
  #noteLosses(originalLoss: number | null, bestLoss: number | null): void {
    this.#store.studies.note(this.id, { evaluations: this.#evaluations, originalLoss, bestLoss });
  }

  #addEvaluation(event: CandidateEvent): void {
    const { type: _, index: place, prompt, negativePrompt, loss, invalid, seconds, ...details } = event;
    const state = event.pruned ? 'pruned' : invalid === null ? 'done' : 'invalid';
    const evaluation = { place, state, prompt, negativePrompt, loss, seconds } as const;
    this.#store.history.addEvaluation(this.#number, { ...evaluation, details: { ...details, invalid } });
  }
}

function claimed(store: StudyStore, id: string, fingerprint: string): StoredStudy {
  const study = store.studies.get(id);
  if (study.fingerprint !== fingerprint) throw changed(study);
  return store.studies.claim(study.id);
}

function endOf({ result }: StoredStudy, events: readonly StudyEvent[]) {
  const { stoppedBy, seconds } = (result ?? {}) as Partial<StudyResult>;
  if (stoppedBy !== 'time' || seconds === undefined) return undefined;
  const last = events.findLast(({ type }) => ['candidate', 'gradient', 'rejected'].includes(type));
  return { after: last && timeKey(last as TimedEvent), seconds };
}

function timesOf(events: readonly StudyEvent[]): ReadonlyMap<string, number> {
  const timed = events.filter(isTimed);
  return new Map(timed.map((event) => [timeKey(event), event.seconds]));
}

function isTimed(event: StudyEvent): event is TimedEvent {
  return 'seconds' in event;
}

function timeKey(event: TimedEvent): string {
  const number = event.type === 'gradient' ? event.iteration : 'index' in event ? event.index : 0;
  return `${event.type} ${number}`;
}

function withId(event: StartedEvent, studyId: string): StartedEvent {
  return { ...event, studyId };
}

/** Pictures are files of the store; their events name them. */
function recorded(event: StudyEvent): unknown {
  if (event.type !== 'picture') return event;
  const { image: _, ...rest } = event;
  return rest;
}

function changed({ id, prompt }: StoredStudy): DpoError {
  return new DpoError(
    'INVALID_OPTION',
    `The study ${id} (${JSON.stringify(prompt)}) cannot be gone on with: the model, a scorer, the words, an option or how it is computed is not what it was when it began. Put back what was changed, or begin a new study.`,
    { details: { study: id } },
  );
}
