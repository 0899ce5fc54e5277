/** @file A worker as the one who keeps it sees it: another process, or this one. */

/** How a worker ended. */
export type WorkerEnd =
  /** It was told to. */
  | { readonly kind: 'stopped' }
  /** It could not go on: the model cannot be loaded, the store cannot be used. */
  | { readonly kind: 'failed'; readonly error: unknown }
  /** Its process is gone, and nobody told it to go. */
  | { readonly kind: 'died'; readonly how: string };

export interface Worker {
  /** The key of the job that it works on. */
  readonly job: string | undefined;
  /** Never rejects. */
  readonly ended: Promise<WorkerEnd>;
  /** Asks it to let go of its job and end. */
  stop(): void;
}

/** Starts one more. */
export type StartWorker = () => Worker;
