/** @file Ctrl-C and its kin: the first asks for the result so far, the second ends the process. */
import { type InterruptSignal, SIGNAL_EXIT } from './exit-code.ts';

/** What `process` does here; tests give another. */
export interface SignalSource {
  on(signal: InterruptSignal, listener: () => void): unknown;
  off(signal: InterruptSignal, listener: () => void): unknown;
  exit(code: number): void;
}

export interface InterruptionListeners {
  /** Told of the first signal, once the work was asked to end. */
  readonly onFirst: (signal: InterruptSignal) => void;
  /** Told of the second, just before the process ends. */
  readonly onSecond: () => void;
}

const SIGNALS: readonly InterruptSignal[] = ['SIGINT', 'SIGTERM'];

export class Interruption {
  readonly #abort = new AbortController();
  readonly #source: SignalSource;
  readonly #listeners = new Map<InterruptSignal, () => void>();
  #received: InterruptSignal | null = null;

  /** Listens from now on. */
  constructor(source: SignalSource, listeners: InterruptionListeners) {
    this.#source = source;
    for (const name of SIGNALS) {
      const listener = () => this.#receive(name, listeners);
      this.#listeners.set(name, listener);
      source.on(name, listener);
    }
  }

  /** Aborted by the first signal. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** The first signal, or null while there was none. */
  get received(): InterruptSignal | null {
    return this.#received;
  }

  /** From here on signals do again what they do by default. */
  dispose(): void {
    for (const [name, listener] of this.#listeners) this.#source.off(name, listener);
  }

  #receive(name: InterruptSignal, { onFirst, onSecond }: InterruptionListeners): void {
    if (this.#received !== null) {
      onSecond();
      this.#source.exit(SIGNAL_EXIT[name]);
      return;
    }
    this.#received = name;
    this.#abort.abort();
    onFirst(name);
  }
}

/** `Ctrl-C` or `SIGTERM`: what the user knows it as. */
export function signalName(signal: InterruptSignal): string {
  return signal === 'SIGINT' ? 'Ctrl-C' : signal;
}
