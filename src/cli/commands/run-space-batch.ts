/** @file What `space --prompts` does: the spaces of many prompts into one file, continued where an earlier run ended. */

import { dirname } from 'node:path';
import { makeFolder } from '../../disk/make-folder.ts';
import { DpoError } from '../../errors.ts';
import { type BuiltSpace, buildSpaces } from '../../study/build-spaces.ts';
import { SpaceStore } from '../../study/space-store.ts';
import { fileWriteError } from '../../study/write-file.ts';
import { readPromptList } from '../../words/prompt-list.ts';
import type { PromptSpace } from '../../words/prompt-space.ts';
import { counted } from '../amount-text.ts';
import { EXIT_FAILURE, EXIT_OK, SIGNAL_EXIT, StoppedError } from '../exit-code.ts';
import type { Host } from '../host.ts';
import { Interruption, signalName } from '../interruption.ts';
import { LiveLine } from '../live-line.ts';
import type { CliOptions } from '../shared-options.ts';
import { isLive } from '../study-reporter.ts';

/** What does not change the spaces. */
const UNRELATED: ReadonlySet<string> = new Set(['json', 'quiet', 'verbose', 'out', 'prompts', 'task']);

/** Gives the exit code; the summary goes to standard output. @param build the space of one prompt */
export async function runSpaceBatch(
  host: Host,
  options: CliOptions,
  build: (prompt: string) => PromptSpace | Promise<PromptSpace>,
): Promise<number> {
  const { task = 'improve' } = options;
  const { list, out } = batchFiles(options);
  const prompts = readPromptList(list);
  await madeParent(out);
  const store = SpaceStore.open(out, { task, settings: settingsOf(options) });
  const reporter = new BatchReporter(host, options, prompts.length);
  const interruption = new Interruption(host.signals, {
    onFirst: () => {},
    onSecond: () => reporter.close(),
  });
  try {
    const { signal } = interruption;
    for await (const built of buildSpaces(prompts, { task, store, build, signal })) reporter.note(built);
  } catch (error) {
    // What builds a space may listen to Ctrl-C too.
    if (interruption.received === null || !(error instanceof StoppedError || signalled(error))) throw error;
  } finally {
    store.close();
    reporter.close();
    interruption.dispose();
  }
  const { received } = interruption;
  if (received !== null && !reporter.isComplete) {
    host.stderr.write(
      `Stopped by ${signalName(received)}: ${store.partialPath} has ${reporter.done} of ${counted(prompts.length, 'prompt')}; the same command continues.\n`,
    );
    return SIGNAL_EXIT[received];
  }
  host.stdout.write(options.json ? `${JSON.stringify(reporter.summary(out))}\n` : reporter.summaryText(out));
  return reporter.without.length === prompts.length ? EXIT_FAILURE : EXIT_OK;
}

function signalled(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

/** @throws {DpoError} INVALID_OPTION */
function batchFiles({ prompts, out }: CliOptions): { readonly list: string; readonly out: string } {
  if (prompts !== undefined && out !== undefined) return { list: prompts, out };
  const message = 'Where the spaces go is missing. Add --out FILE.json to --prompts.';
  throw new DpoError('INVALID_OPTION', message, { details: { option: 'out' } });
}

async function madeParent(path: string): Promise<void> {
  try {
    await makeFolder(dirname(path));
  } catch (cause) {
    throw fileWriteError(path, cause);
  }
}

/** By name, so that the order in which options are typed does not matter. */
function settingsOf(options: CliOptions): string {
  const related = Object.entries(options).filter(([name]) => !UNRELATED.has(name));
  const words = related
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`);
  return words.length === 0 ? 'defaults' : words.join(', ');
}

class BatchReporter {
  readonly without: BuiltSpace[] = [];
  done = 0;
  readonly #host: Host;
  readonly #isQuiet: boolean;
  readonly #isLive: boolean;
  readonly #line: LiveLine;
  readonly #count: number;
  #kept = 0;

  constructor(host: Host, { quiet = false }: CliOptions, count: number) {
    this.#host = host;
    this.#isQuiet = quiet;
    this.#isLive = !quiet && isLive({ stream: host.stderr, env: host.env });
    this.#line = new LiveLine(host.stderr, host.now);
    this.#count = count;
  }

  get isComplete(): boolean {
    return this.done === this.#count;
  }

  note(built: BuiltSpace): void {
    this.done += 1;
    if (built.isKept) this.#kept += 1;
    if (built.problem !== undefined) {
      this.without.push(built);
      if (!built.isKept) this.#say(`Warning: ${built.problem}`);
    }
    if (this.#isLive) this.#line.draw(() => `${this.done} of ${counted(this.#count, 'prompt')}`);
  }

  close(): void {
    if (this.#isLive) this.#line.clear();
  }

  summary(out: string): unknown {
    return {
      out,
      prompts: this.#count,
      kept: this.#kept,
      without: this.without.map(({ prompt, problem }) => ({ prompt, problem })),
    };
  }

  summaryText(out: string): string {
    const withWords = this.#count - this.without.length;
    const lines = [
      `${counted(this.#count, 'prompt')}: ${withWords} with words to search${this.without.length === 0 ? '' : `, ${this.without.length} without`}.`,
      ...(this.#kept === 0
        ? []
        : [`${counted(this.#kept, 'prompt')} had been looked up before, and stayed as they were.`]),
      `The spaces are in ${out}; search one with --space ${out}.`,
    ];
    return `${lines.join('\n')}\n`;
  }

  #say(line: string): void {
    if (this.#isQuiet) return;
    if (this.#isLive) this.#line.print(line);
    else this.#host.stderr.write(`${line}\n`);
  }
}
