/** @file The store: a SQLite file with studies, experiments and everything that was computed, and a folder of pictures beside it. */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { DpoError } from '../errors.ts';
import { type Access, Database, refusal } from './database.ts';
import { ExperimentTable } from './experiment-table.ts';
import { FileHashes } from './file-hashes.ts';
import { GradientCache } from './gradient-cache.ts';
import { ImageFiles } from './image-files.ts';
import { PictureCache } from './picture-cache.ts';
import { ProcessTable } from './process-table.ts';
import { StudyHistory } from './study-history.ts';
import { StudyTable } from './study-table.ts';

/** Any number of processes may have one open. Everything that is entered is on the disk when the call returns. */
export class StudyStore {
  /** The file; absolute, for the working folder may be another one later. */
  readonly path: string;
  readonly studies: StudyTable;
  readonly history: StudyHistory;
  readonly experiments: ExperimentTable;
  readonly pictures: PictureCache;
  readonly gradients: GradientCache;
  readonly images: ImageFiles;
  readonly files: FileHashes;
  readonly #database: Database;
  readonly #processes: ProcessTable;

  /**
   * Opens the store in the file `path`, and makes one where there is none; pictures go into the folder `path.images`.
   * @param access `read` when one that cannot be written will do
   * @throws {DpoError} FILE_ACCESS when it cannot be used
   */
  constructor(path: string, access: Access = 'write') {
    this.path = resolve(path);
    refuseFile(this.path, `${this.path}.images`);
    this.#database = new Database(this.path, access);
    this.#processes = new ProcessTable(this.#database);
    this.studies = new StudyTable(this.#database, this.#processes);
    this.history = new StudyHistory(this.#database);
    this.experiments = new ExperimentTable(this.#database, this.#processes);
    this.images = new ImageFiles(`${this.path}.images`);
    this.pictures = new PictureCache(this.#database, this.images);
    this.gradients = new GradientCache(this.#database);
    this.files = new FileHashes(this.#database);
  }

  /** Does all of `work` or, where it throws, none of it. */
  atomically<T>(work: () => T): T {
    return this.#database.atomically(work);
  }

  /** Whether `error` is that this store cannot be used, as on a full disk. */
  isAtFault(error: unknown): boolean {
    if (!(error instanceof DpoError) || error.code !== 'FILE_ACCESS') return false;
    return error.details.path === this.path || error.details.path === this.images.dir;
  }

  /** Whether SQLite finds nothing wrong with the file. */
  isSound(): boolean {
    return this.#database.isSound();
  }

  close(): void {
    this.#processes.close();
    this.#database.close();
  }
}

/** Before anything is sampled whose pictures could not be kept. */
function refuseFile(store: string, folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isFile())
    throw refusal(
      store,
      `${folder} should be the folder of its pictures, but is a file. Move that file away, or choose another store with --store`,
    );
}
