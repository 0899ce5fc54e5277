/** @file A queue between work that reports as it goes and a reader who asks when ready. */

/** Values pushed by one side, iterated by the other, in order; nothing is dropped. Readers at the same time share the values. */
export class EventChannel<T> implements AsyncIterable<T> {
  readonly #values: T[] = [];
  #waiting: (() => void)[] = [];
  #end: { readonly error?: unknown } | undefined;

  push(value: T): void {
    this.#values.push(value);
    this.#wake();
  }

  /** No more values will come. */
  close(): void {
    this.#end ??= {};
    this.#wake();
  }

  /** No more values will come; the reader is thrown `error` after those that did. */
  fail(error: unknown): void {
    this.#end ??= { error };
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void> {
    for (;;) {
      while (this.#values.length > 0) yield this.#values.shift()!;
      if (this.#end) break;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    if ('error' in this.#end) throw this.#end.error;
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}
