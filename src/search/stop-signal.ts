/** @file The two ways in which a search is cut short from outside: its caller's abort and its deadline. */

/** The longest delay that a timer takes; a later deadline is still seen between batches. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export interface StopSignalOptions {
  /** Milliseconds; need not be wall-clock time. */
  readonly now: () => number;
  /** Seconds from now; `Infinity` for no deadline. */
  readonly seconds: number;
  readonly signal?: AbortSignal | undefined;
}

/** One AbortSignal for both, which remembers which came first. */
export class StopSignal {
  readonly #controller = new AbortController();
  readonly #now: () => number;
  readonly #deadlineMs: number;
  readonly #caller: AbortSignal | undefined;
  readonly #onCallerAbort = () => this.#stop('aborted', this.#caller?.reason);
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** When the timer goes off, by the system's clock in milliseconds. */
  #due = Number.POSITIVE_INFINITY;
  #isTimeUp = false;
  #isTimeIgnored = false;
  #cause: 'aborted' | 'time' | null = null;

  constructor({ now, seconds, signal }: StopSignalOptions) {
    this.#now = now;
    this.#deadlineMs = seconds === Number.POSITIVE_INFINITY ? seconds : now() + seconds * 1000;
    this.#caller = signal;
    signal?.addEventListener('abort', this.#onCallerAbort, { once: true });
    if (signal?.aborted) this.#onCallerAbort();
    this.#stopIn(seconds * 1000);
  }

  /** To be passed to whatever takes long. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** What stopped the search, if anything did; looks at the clock, because blocking work keeps timers from firing. */
  check(): 'aborted' | 'time' | null {
    if (this.#cause !== null) return this.#cause;
    const left = this.#deadlineMs - this.#now();
    if (left <= 0) this.#stopByTime();
    else this.#stopIn(left);
    return this.#cause;
  }

  /** From here on the deadline stops nothing, until `heedTime()`; the caller's abort still does. */
  ignoreTime(): void {
    this.#isTimeIgnored = true;
  }

  /** The deadline counts again, also one that has passed meanwhile. */
  heedTime(): void {
    this.#isTimeIgnored = false;
    if (this.#isTimeUp) this.#stopByTime();
  }

  /** Whether `error` is how interrupted work reports that it was interrupted by this signal. */
  explains(error: unknown): boolean {
    if (!this.signal.aborted) return false;
    const { reason } = this.signal;
    if (error === reason) return true;
    if (!(error instanceof Error)) return false;
    return error.name === 'AbortError' || error.cause === reason;
  }

  /** Lets go of the timer and of the caller's signal. */
  dispose(): void {
    clearTimeout(this.#timer);
    this.#caller?.removeEventListener('abort', this.#onCallerAbort);
  }

  /** The clock may have jumped ahead, as that of a study that is gone on with does: an earlier end takes the timer's place. */
  #stopIn(ms: number): void {
    const due = performance.now() + ms;
    if (ms > LONGEST_TIMER_MS || due >= this.#due) return;
    clearTimeout(this.#timer);
    this.#due = due;
    this.#timer = setTimeout(() => this.#stopByTime(), ms);
  }

  #stopByTime(): void {
    this.#isTimeUp = true;
    if (this.#isTimeIgnored) return;
    this.#stop('time', new DOMException('The time for the search is over.', 'TimeoutError'));
  }

  #stop(cause: 'aborted' | 'time', reason: unknown): void {
    if (this.#cause !== null) return;
    this.#cause = cause;
    this.#controller.abort(reason);
  }
}
