/** @file Tells of a download: a live line on a terminal, a plain line for each file elsewhere, nothing when it is to be quiet. */
import type { DownloadEvent } from '../checkpoint/hub/download-event.ts';
import { bytesText } from './amount-text.ts';
import { downloadText } from './download-text.ts';
import type { Host } from './host.ts';
import { LiveLine } from './live-line.ts';
import { hasColor, isLive } from './study-reporter.ts';
import { TransferRate } from './transfer-rate.ts';

export class DownloadReporter {
  readonly #host: Host;
  readonly #quiet: boolean;
  readonly #isLive: boolean;
  readonly #line: LiveLine;
  #rate: TransferRate | undefined;
  /** Whether anything was loaded. */
  isDownloading = false;

  constructor(host: Host, quiet: boolean) {
    this.#host = host;
    this.#quiet = quiet;
    this.#isLive = isLive({ stream: host.stderr, env: host.env });
    this.#line = new LiveLine(host.stderr, host.now);
  }

  note(event: DownloadEvent): void {
    this.isDownloading ||= event.type !== 'warning';
    if (this.#quiet) return;
    const line = lineOf(event, this.#isLive);
    if (line !== undefined) this.#say(line);
    if (this.#isLive) this.#draw(event);
  }

  close(): void {
    this.#line.clear();
  }

  #say(line: string): void {
    if (this.#isLive) this.#line.print(line);
    else this.#host.stderr.write(`${line}\n`);
  }

  #draw(event: DownloadEvent): void {
    if (event.type !== 'file' && event.type !== 'progress') return;
    const now = this.#host.now();
    if (event.type === 'file') this.#rate = new TransferRate(event.done, now);
    const bytesPerSecond = this.#rate?.note(event.done, now) ?? null;
    this.#line.draw((width) => downloadText({ ...event, bytesPerSecond }, width, hasColor(this.#host.env)));
  }
}

/** What is worth a lasting line; on a terminal the files pass by in the live one. */
function lineOf(event: DownloadEvent, isTerminal: boolean): string | undefined {
  switch (event.type) {
    case 'started': {
      const files = event.files === 1 ? '1 file' : `${event.files} files`;
      return `Downloading ${event.model}: ${files}, ${bytesText(event.bytes)}, into ${event.folder}.`;
    }
    case 'file': {
      if (isTerminal) return undefined;
      const rest = event.done > 0 ? `, continued at ${bytesText(event.done)}` : '';
      return `  ${event.index} of ${event.files}  ${event.path} (${bytesText(event.size)}${rest})`;
    }
    case 'retry':
      return `  ${event.path}: ${event.reason}; trying again.`;
    case 'waiting':
      return `  ${event.path}: another process is downloading it; waiting.`;
    case 'warning':
      return `Warning: ${event.message}`;
    default:
      return undefined;
  }
}
