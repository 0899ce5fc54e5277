/** @file What is told while files come from the hub. */

export type DownloadEvent =
  /** There is something to load. */
  | {
      readonly type: 'started';
      /** `org/name@revision`. */
      readonly model: string;
      /** Files that are not in the cache yet, and their bytes. */
      readonly files: number;
      readonly bytes: number;
      /** Where they go. */
      readonly folder: string;
    }
  /** A file begins, `done` bytes of which were there already. */
  | ({ readonly type: 'file' } & FileProgress)
  | ({ readonly type: 'progress' } & FileProgress)
  /** A file is complete and its checksum right. */
  | ({ readonly type: 'complete' } & FileProgress)
  /** The connection failed and will be taken up again, or the file was damaged and is loaded once more. */
  | { readonly type: 'retry'; readonly path: string; readonly reason: string }
  /** Another process loads the file. */
  | { readonly type: 'waiting'; readonly path: string }
  | { readonly type: 'warning'; readonly message: string };

export interface FileProgress {
  /** As the repository calls it. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  readonly done: number;
  /** Its number, from 1, of the files to load. */
  readonly index: number;
  readonly files: number;
}

export type DownloadListener = (event: DownloadEvent) => void;
