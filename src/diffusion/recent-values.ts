/** @file A bounded memory of what was computed for texts: what was asked for last stays longest. */

export class RecentValues<Value> {
  readonly #limit: number;
  /** From the one that was asked for longest ago to the last. */
  readonly #values = new Map<string, Value>();

  /** @param limit how many are kept, 1 or more */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** What is known of `key`, else what `make` gives. */
  get(key: string, make: () => Value): Value {
    const value = this.#values.get(key) ?? make();
    this.#values.delete(key);
    if (this.#values.size >= this.#limit) this.#values.delete(this.#values.keys().next().value!);
    this.#values.set(key, value);
    return value;
  }
}
