/** @file The folder that a study leaves behind: pictures, grid, report, result and every event. */
import { appendFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../disk/make-folder.ts';
import { DpoError, invariant } from '../errors.ts';
import { generationParameters, PARAMETERS_KEYWORD } from './generation-parameters.ts';
import { renderImageGrid } from './image-grid.ts';
import { encodePng } from './png-image.ts';
import { type ReportOptions, renderReport } from './report/report.ts';
import {
  EVENTS_FILE,
  FIRST_EVENTS_FILE,
  GRID_FILE,
  holdsRun,
  pictureFile,
  REPORT_FILE,
  RESULT_FILE,
  removeEarlierRun,
} from './run-folder-contents.ts';
import type {
  CandidateEvent,
  PictureEvent,
  RejectedEvent,
  SamplingEvent,
  StudyEvent,
  StudyFinishedEvent,
  WarningEvent,
} from './study-event.ts';
import { picturePairs, type StudyRecord, StudyRecorder } from './study-record.ts';
import type { StudyResult } from './study-result.ts';
import { fileWriteError, writeFileAtomically } from './write-file.ts';

/** One candidate in `result.json`. */
export type EvaluationRecord = Pick<
  CandidateEvent,
  | 'index'
  | 'prompt'
  | 'negativePrompt'
  | 'candidate'
  | 'loss'
  | 'losses'
  | 'scorers'
  | 'similarity'
  | 'invalid'
  | 'pruned'
  | 'phase'
>;

/** One rejected candidate in `result.json`. */
export type RejectionRecord = Pick<RejectedEvent, 'prompt' | 'candidate' | 'similarity' | 'phase'>;

/** What `result.json` holds. */
export interface StoredResult extends StudyResult {
  /** Every evaluation, in order. */
  readonly history: readonly EvaluationRecord[];
  /** Attack: every candidate that was too unlike the prompt, in order; absent when there was none. */
  readonly rejections?: readonly RejectionRecord[];
}

/** Writes what a study tells into a folder. Make one with `RunFolder.create()`. */
export class RunFolder {
  /** As it was given. */
  readonly path: string;
  /** Whether an earlier run is there, which this one will replace. */
  readonly isReplacing: boolean;
  readonly #options: ReportOptions;
  readonly #recorder = new StudyRecorder();
  readonly #unwritten = new Set<string>();
  #eventsFile: string;

  private constructor(path: string, isReplacing: boolean, options: ReportOptions) {
    this.path = path;
    this.isReplacing = isReplacing;
    this.#eventsFile = isReplacing ? FIRST_EVENTS_FILE : EVENTS_FILE;
    this.#options = options;
  }

  /**
   * Makes the folder `dir`, with those above it, and starts `events.jsonl` there. The files of an earlier run in it stay until
   * this one has a first result, and are removed then; any other file stays.
   * @throws {DpoError} FILE_ACCESS when it cannot be made or written, or a file that is not a run's has a name that it needs
   */
  static async create(dir: string, options: ReportOptions = {}): Promise<RunFolder> {
    if (dir === '') throw new DpoError('FILE_ACCESS', 'The name of the run folder is empty. Give it a name.');
    try {
      await makeFolder(dir);
      const folder = new RunFolder(dir, await holdsRun(dir), options);
      // Adds nothing, but fails where a folder of that name is in the way.
      await appendFile(join(dir, EVENTS_FILE), '');
      await writeFile(join(dir, folder.#eventsFile), '');
      return folder;
    } catch (cause) {
      throw cause instanceof DpoError ? cause : folderError(dir, cause);
    }
  }

  /** Names of the files that could not be written, or not wholly. */
  get unwritten(): readonly string[] {
    return [...this.#unwritten];
  }

  /**
   * Writes what `event` brings: a line of `events.jsonl`, a picture, and after the last event the result, the grid and the report.
   * @throws {DpoError} FILE_ACCESS when something could not be written; what can be written besides, is
   */
  async record(event: StudyEvent): Promise<void> {
    this.#recorder.add(event);
    if (event.type === 'sampling') return;
    await inTurn([() => this.#makeRoomFor(event), () => this.#recordEvent(event)]);
  }

  async #recordEvent(event: Exclude<StudyEvent, SamplingEvent>): Promise<void> {
    switch (event.type) {
      case 'picture':
        return this.#recordPicture(event);
      case 'finished':
        return this.#recordResult({ ...event.result, runDir: this.path });
      default:
        return this.#append(event);
    }
  }

  /** The first result takes the earlier run's place; what comes before it may yet come to nothing. */
  async #makeRoomFor({ type }: StudyEvent): Promise<void> {
    if (this.#eventsFile === EVENTS_FILE || type === 'started' || type === 'warning') return;
    const from = join(this.path, this.#eventsFile);
    try {
      await removeEarlierRun(this.path);
      await rename(from, join(this.path, EVENTS_FILE));
      this.#eventsFile = EVENTS_FILE;
    } catch (cause) {
      this.#unwritten.add(EVENTS_FILE);
      throw fileWriteError((cause as NodeJS.ErrnoException).path ?? from, cause);
    }
  }

  async #recordPicture({ image, ...event }: PictureEvent): Promise<void> {
    const { started } = this.#recorder;
    invariant(started, 'a picture came before the study started');
    const file = pictureFile(event);
    const parameters = generationParameters({ ...event, settings: started.settings });
    await inTurn([
      () => this.#write(file, encodePng(image, { [PARAMETERS_KEYWORD]: parameters })),
      () => this.#append({ ...event, file }),
    ]);
  }

  /** The result comes first: if the disk fills up, it is what should be there. */
  async #recordResult(result: StudyResult): Promise<void> {
    const record = this.#recorder.finish(result);
    await inTurn([
      () => this.#write(RESULT_FILE, `${JSON.stringify(storedResult(record), null, 2)}\n`),
      () => this.#append({ type: 'finished', result }),
      () => this.#writeGrid(record).catch((error: unknown) => this.#fail(GRID_FILE, error)),
      () => this.#write(REPORT_FILE, renderReport(record, this.#options)),
    ]);
  }

  async #writeGrid(record: StudyRecord): Promise<void> {
    const pairs = picturePairs(record);
    if (pairs.length > 0) await this.#write(GRID_FILE, await renderImageGrid(record.result, pairs));
  }

  async #write(name: string, content: string | Uint8Array): Promise<void> {
    await writeFileAtomically(join(this.path, name), content).catch((error: unknown) =>
      this.#fail(name, error),
    );
  }

  async #append(line: object): Promise<void> {
    const path = join(this.path, this.#eventsFile);
    try {
      await appendFile(path, `${JSON.stringify(line)}\n`);
    } catch (cause) {
      this.#fail(EVENTS_FILE, fileWriteError(path, cause));
    }
  }

  #fail(name: string, error: unknown): never {
    this.#unwritten.add(name);
    throw error;
  }
}

/**
 * Passes `events` on while `folder` records each; the last one's `runDir` is the folder.
 * A failure to write does not stop the study: a warning tells of the first at once, every event is passed on, the last names
 * the files that are missing, and the first error is thrown after it.
 * @throws {DpoError} FILE_ACCESS
 */
export async function* recordStudy(
  events: AsyncIterable<StudyEvent>,
  folder: RunFolder,
): AsyncGenerator<StudyEvent, void> {
  const failures: unknown[] = [];
  for await (const event of events) {
    const isFirst = failures.length === 0;
    await folder.record(event).catch((error: unknown) => failures.push(error));
    if (event.type === 'finished') {
      yield finishedIn(folder, event);
      continue;
    }
    yield event;
    if (!isFirst || failures.length === 0) continue;
    const warning = writeWarning(failures[0]);
    await folder.record(warning).catch((error: unknown) => failures.push(error));
    yield warning;
  }
  if (failures.length > 0) throw failures[0];
}

function finishedIn(folder: RunFolder, event: StudyFinishedEvent): StudyFinishedEvent {
  const { path, unwritten } = folder;
  const result = { ...event.result, runDir: path };
  return { ...event, result, ...(unwritten.length > 0 && { unwritten }) };
}

function writeWarning(failure: unknown): WarningEvent {
  const reason = failure instanceof Error ? failure.message : String(failure);
  return {
    type: 'warning',
    message: `${reason} The study goes on, but the run folder will not hold all of it.`,
  };
}

function storedResult({ result, candidates, rejected }: StudyRecord): StoredResult {
  const history = candidates.map(
    ({
      index,
      prompt,
      negativePrompt,
      candidate,
      loss,
      losses,
      scorers,
      similarity,
      invalid,
      pruned,
      phase,
    }): EvaluationRecord => ({
      ...{ index, prompt, negativePrompt, candidate, loss, losses },
      ...(scorers && { scorers }),
      ...(similarity !== undefined && { similarity }),
      ...{ invalid, ...(pruned && { pruned }), phase },
    }),
  );
  const rejections = rejected.map(
    ({ prompt, candidate, similarity, phase }): RejectionRecord => ({ prompt, candidate, similarity, phase }),
  );
  return { ...result, history, ...(rejections.length > 0 && { rejections }) };
}

/** Does all of `tasks`, one after the other, and then throws the first error, if any. */
async function inTurn(tasks: readonly (() => Promise<void>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const task of tasks) await task().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}

function folderError(dir: string, cause: unknown): DpoError {
  const { code, path = dir } = cause as NodeJS.ErrnoException;
  if (code !== 'EEXIST' && code !== 'ENOTDIR') return fileWriteError(path, cause);
  return new DpoError(
    'FILE_ACCESS',
    `"${dir}" cannot be the run folder, because it, or a part of its path, is a file. Choose another name.`,
    { details: { path: dir }, cause },
  );
}
