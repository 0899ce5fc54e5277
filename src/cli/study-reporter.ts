/** @file Who tells of a study while it runs: a live line on a terminal, plain lines elsewhere, nobody when it is to be quiet. */
import type { StudyEvent } from '../study/study-event.ts';
import { EventLines } from './event-lines.ts';
import { LiveLine, type TerminalStream } from './live-line.ts';
import { progressText } from './progress-text.ts';
import { StudyProgress, type StudyProgressOptions } from './study-progress.ts';

export interface StudyReporter {
  note(event: StudyEvent): void;
  /** Something that is no event, such as what Ctrl-C does. */
  say(line: string): void;
  /** Leaves the terminal as it was. */
  close(): void;
}

export interface StudyReporterOptions extends StudyProgressOptions {
  /** Where progress goes: standard error. */
  readonly stream: TerminalStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly quiet?: boolean | undefined;
  readonly verbose?: boolean | undefined;
}

export function createStudyReporter(options: StudyReporterOptions): StudyReporter {
  if (options.quiet) return SILENT;
  return isLive(options) ? new LiveReporter(options) : new PlainReporter(options);
}

/** Whether a line can be drawn over: on a terminal that can, and that no log keeps. */
export function isLive({ stream, env }: Pick<StudyReporterOptions, 'stream' | 'env'>): boolean {
  return stream.isTTY === true && !env.CI && env.TERM !== 'dumb';
}

/** See no-color.org. */
export function hasColor(env: StudyReporterOptions['env']): boolean {
  return !env.NO_COLOR;
}

const SILENT: StudyReporter = { note() {}, say() {}, close() {} };

class PlainReporter implements StudyReporter {
  readonly #stream: TerminalStream;
  readonly #lines: EventLines;

  constructor({ stream, verbose }: StudyReporterOptions) {
    this.#stream = stream;
    this.#lines = new EventLines(verbose ?? false);
  }

  note(event: StudyEvent): void {
    for (const line of this.#lines.of(event)) this.say(line);
  }

  say(line: string): void {
    this.#stream.write(`${line}\n`);
  }

  close(): void {}
}

class LiveReporter implements StudyReporter {
  readonly #line: LiveLine;
  readonly #lines: EventLines;
  readonly #progress: StudyProgress;
  readonly #color: boolean;

  constructor(options: StudyReporterOptions) {
    this.#line = new LiveLine(options.stream, options.now);
    this.#lines = new EventLines(options.verbose ?? false);
    this.#progress = new StudyProgress(options);
    this.#color = hasColor(options.env);
  }

  note(event: StudyEvent): void {
    this.#progress.note(event);
    for (const line of this.#lines.of(event)) this.#line.print(line);
    if (event.type === 'finished') this.close();
    else this.#line.draw((width) => progressText(this.#progress.progress, width, this.#color));
  }

  say(line: string): void {
    this.#line.print(line);
  }

  close(): void {
    this.#line.clear();
  }
}
