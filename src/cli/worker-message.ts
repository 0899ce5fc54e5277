/** @file What a worker process and the one that keeps it tell each other. */
import type { DownloadEvent } from '../checkpoint/hub/download-event.ts';
import type { ErrorCode } from '../errors.ts';

export type WorkerMessage =
  /** Absent when it has settled a job. */
  | { readonly type: 'job'; readonly key?: string }
  | { readonly type: 'download'; readonly event: DownloadEvent }
  /** The last message: it cannot go on. */
  | {
      readonly type: 'failed';
      readonly message: string;
      readonly code: ErrorCode | null;
      readonly stack: string;
    };

/** The one thing that a worker is told; that its keeper is gone means the same. */
export const STOP = 'stop';
