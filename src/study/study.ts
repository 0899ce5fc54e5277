/** @file One prompt's optimization as a stream of events: the same for the library, the command line and whatever comes later. */
import { EventChannel } from './event-channel.ts';
import type { StudyEvent } from './study-event.ts';
import type { StudyResult } from './study-result.ts';

/** Does a study's work and tells of it; gives the result. */
export type StudyWork = (emit: (event: StudyEvent) => void, signal: AbortSignal) => Promise<StudyResult>;

/**
 * A study: iterate it for its events (the last is `finished`), or await `result()`, or both.
 * Work begins with the first of the two. Leaving the iteration early ends the search.
 */
export class Study implements AsyncIterable<StudyEvent> {
  readonly #work: StudyWork;
  readonly #channel = new EventChannel<StudyEvent>();
  readonly #left = new AbortController();
  #result: Promise<StudyResult> | undefined;

  constructor(work: StudyWork) {
    this.#work = work;
  }

  /** @throws {DpoError} what went wrong; being aborted is no error */
  result(): Promise<StudyResult> {
    this.#result ??= this.#run();
    return this.#result;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<StudyEvent, void> {
    // A failure reaches the reader through the channel.
    this.result().catch(() => {});
    try {
      yield* this.#channel;
    } finally {
      this.#left.abort();
    }
  }

  async #run(): Promise<StudyResult> {
    try {
      const result = await this.#work((event) => this.#channel.push(event), this.#left.signal);
      this.#channel.push({ type: 'finished', result });
      this.#channel.close();
      return result;
    } catch (error) {
      this.#channel.fail(error);
      throw error;
    }
  }
}
