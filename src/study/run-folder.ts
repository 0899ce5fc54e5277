/** @file The folder that a study leaves behind: pictures, grid, report, result and every event. */
import { appendFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DpoError, invariant } from '../errors.ts';
import { generationParameters, PARAMETERS_KEYWORD } from './generation-parameters.ts';
import { renderImageGrid } from './image-grid.ts';
import { makeFolder } from './make-folder.ts';
import { encodePng } from './png-image.ts';
import { type ReportOptions, renderReport } from './report/report.ts';
import type { CandidateEvent, PictureEvent, StudyEvent } from './study-event.ts';
import { picturePairs, type StudyRecord, StudyRecorder } from './study-record.ts';
import type { StudyResult } from './study-result.ts';
import { fileWriteError, writeFileAtomically } from './write-file.ts';

const EVENTS_FILE = 'events.jsonl';
const RESULT_FILE = 'result.json';

/** Names that a run gives to its files; nothing else in the folder is ever removed. */
const OWN_FILE =
  /^(events\.jsonl|result\.json|report\.html|grid\.png|(held-out-)?(original|best)--?\d+\.png)(\.tmp)?$/;

/** One candidate in `result.json`. */
export type EvaluationRecord = Pick<
  CandidateEvent,
  'index' | 'prompt' | 'negativePrompt' | 'candidate' | 'loss' | 'losses' | 'invalid' | 'phase'
>;

/** What `result.json` holds. */
export interface StoredResult extends StudyResult {
  /** Every evaluation, in order. */
  readonly history: readonly EvaluationRecord[];
}

/** Writes what a study tells into a folder. Make one with `RunFolder.create()`. */
export class RunFolder {
  /** As it was given. */
  readonly path: string;
  readonly #options: ReportOptions;
  readonly #recorder = new StudyRecorder();

  private constructor(path: string, options: ReportOptions) {
    this.path = path;
    this.#options = options;
  }

  /**
   * Makes the folder `dir`, with those above it, and starts `events.jsonl` there. The files of an earlier run in it are removed;
   * any other file stays.
   * @throws {DpoError} FILE_ACCESS when it cannot be made or written
   */
  static async create(dir: string, options: ReportOptions = {}): Promise<RunFolder> {
    if (dir === '') throw new DpoError('FILE_ACCESS', 'The name of the run folder is empty. Give it a name.');
    try {
      await makeFolder(dir);
      await removeEarlierRun(dir);
      await writeFile(join(dir, EVENTS_FILE), '');
    } catch (cause) {
      throw folderError(dir, cause);
    }
    return new RunFolder(dir, options);
  }

  /**
   * Writes what `event` brings: a line of `events.jsonl`, a picture, and after the last event the result, the grid and the report.
   * @throws {DpoError} FILE_ACCESS when something could not be written; what can be written besides, is
   */
  async record(event: StudyEvent): Promise<void> {
    this.#recorder.add(event);
    switch (event.type) {
      case 'sampling':
        return;
      case 'picture':
        return this.#recordPicture(event);
      case 'finished':
        return this.#recordResult({ ...event.result, runDir: this.path });
      default:
        return this.#append(event);
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
      () => this.#writeGrid(record),
      () => this.#write('report.html', renderReport(record, this.#options)),
    ]);
  }

  async #writeGrid(record: StudyRecord): Promise<void> {
    const pairs = picturePairs(record);
    if (pairs.length > 0) await this.#write('grid.png', await renderImageGrid(record.result, pairs));
  }

  async #write(name: string, content: string | Uint8Array): Promise<void> {
    await writeFileAtomically(join(this.path, name), content);
  }

  async #append(line: object): Promise<void> {
    const path = join(this.path, EVENTS_FILE);
    try {
      await appendFile(path, `${JSON.stringify(line)}\n`);
    } catch (cause) {
      throw fileWriteError(path, cause);
    }
  }
}

/**
 * Passes `events` on while `folder` records each; the last one's `runDir` is the folder.
 * A failure to write does not stop the study: every event is passed on, and the first error is thrown after the last event.
 * @throws {DpoError} FILE_ACCESS
 */
export async function* recordStudy(
  events: AsyncIterable<StudyEvent>,
  folder: RunFolder,
): AsyncGenerator<StudyEvent, void> {
  const failures: unknown[] = [];
  for await (const event of events) {
    await folder.record(event).catch((error: unknown) => failures.push(error));
    yield event.type === 'finished' ? { ...event, result: { ...event.result, runDir: folder.path } } : event;
  }
  if (failures.length > 0) throw failures[0];
}

/** `original-0.png`, or `held-out-original-2.png`. */
function pictureFile({ which, seed, heldOut }: Omit<PictureEvent, 'image'>): string {
  return `${heldOut ? 'held-out-' : ''}${which}-${seed}.png`;
}

function storedResult({ result, candidates }: StudyRecord): StoredResult {
  const history = candidates.map(
    ({ index, prompt, negativePrompt, candidate, loss, losses, invalid, phase }): EvaluationRecord => ({
      ...{ index, prompt, negativePrompt, candidate, loss, losses, invalid, phase },
    }),
  );
  return { ...result, history };
}

/** Does all of `tasks`, one after the other, and then throws the first error, if any. */
async function inTurn(tasks: readonly (() => Promise<void>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const task of tasks) await task().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}

/** Where neither events nor a result lie, no run was here, and files of such names are somebody's own until they are overwritten. */
async function removeEarlierRun(dir: string): Promise<void> {
  const names = await readdir(dir);
  if (!names.includes(EVENTS_FILE) && !names.includes(RESULT_FILE)) return;
  const own = names.filter((name) => OWN_FILE.test(name));
  await Promise.all(own.map((name) => rm(join(dir, name), { force: true })));
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
