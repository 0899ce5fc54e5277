/** @file Lets one program be open at a time: the weights that two programs map count twice in the process's memory. */

/** Something that can be closed and opens again by itself. */
interface Closable {
  close(): Promise<void>;
}

export class SoleSession {
  #resident: Closable | undefined;
  #last: Promise<unknown> = Promise.resolve();

  /** Does `work` with `program` when all earlier work is done, whatever came of it, and every other program is closed. */
  claim<T>(program: Closable, work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(async () => {
      if (this.#resident !== program) await this.#resident?.close();
      this.#resident = program;
      return work();
    });
    this.#last = turn.catch(() => {});
    return turn;
  }
}
