/** @file What `experiment` does: reads the file, keeps workers at it, and tells what came of it. */
import { existsSync } from 'node:fs';
import { cpus } from 'node:os';
import { DpoError } from '../../errors.ts';
import type { ExperimentDefinition, PromptSource } from '../../experiment/experiment-definition.ts';
import type { ExperimentProgress } from '../../experiment/experiment-progress.ts';
import {
  begunDefinition,
  type FailedJob,
  failedJobs,
  forgetExperiment,
  requireSameDefinition,
  retryExperiment,
} from '../../experiment/experiment-queues.ts';
import { NAME } from '../../experiment/experiment-schema.ts';
import { readPrompts } from '../../experiment/prompts/read-prompts.ts';
import { runExperiment } from '../../experiment/run-experiment.ts';
import type { StartWorker } from '../../experiment/worker.ts';
import type { StudyStore } from '../../store/study-store.ts';
import { shellCommand } from '../../study/shell-command.ts';
import { counted } from '../amount-text.ts';
import { DownloadReporter } from '../download-reporter.ts';
import { EXIT_FAILURE, EXIT_OK, SIGNAL_EXIT } from '../exit-code.ts';
import { type OpenedContext, openExperimentContext } from '../experiment-context.ts';
import { cliOptionsOf } from '../experiment-option-rules.ts';
import { createExperimentReporter, type ExperimentReporter } from '../experiment-reporter.ts';
import { runTable } from '../experiment-text.ts';
import type { Host } from '../host.ts';
import { Interruption, signalName } from '../interruption.ts';
import { mergeReporter } from '../merge-reporter.ts';
import { requireStore } from '../open-store.ts';
import { llmOptions } from '../prepared-words.ts';
import type { CliOptions } from '../shared-options.ts';
import { suggestedCommand } from '../suggested-command.ts';
import { startWorkerHere, startWorkerProcess } from '../worker-process.ts';
import { findDefinition } from './find-definition.ts';
import { listExperiments } from './list-experiments.ts';

/** Failed jobs that are written out. */
const SHOWN_FAILURES = 5;

/** Gives the exit code. Without a name it lists what there is. */
export async function runExperimentCommand(
  host: Host,
  named: string | undefined,
  options: CliOptions,
  typed: readonly string[],
): Promise<number> {
  if (named === undefined) {
    await listExperiments(host, options);
    return EXIT_OK;
  }
  checkName(options.name);
  const store = await requireStore(host, options);
  try {
    const definition = await findDefinition(store, named, options);
    return await new ExperimentCommand(host, { store, definition, options, typed }).run();
  } finally {
    store.close();
  }
}

interface Request {
  readonly store: StudyStore;
  readonly definition: ExperimentDefinition;
  readonly options: CliOptions;
  readonly typed: readonly string[];
}

class ExperimentCommand {
  readonly #host: Host;
  readonly #request: Request;
  readonly #reporter: ExperimentReporter;
  readonly #downloads: DownloadReporter;
  /** Of a worker in this process. */
  #context: OpenedContext | undefined;

  constructor(host: Host, request: Request) {
    this.#host = host;
    this.#request = request;
    const isQuiet = request.options.quiet ?? false;
    this.#reporter = createExperimentReporter(host, isQuiet);
    this.#downloads = new DownloadReporter(host, isQuiet);
  }

  async run(): Promise<number> {
    const { store, definition, options, typed } = this.#request;
    // Before anything is asked of a language model.
    if (!options.restart) requireSameDefinition(store, definition);
    const interruption = new Interruption(this.#host.signals, {
      onFirst: (signal) =>
        this.#reporter.say(
          `${signalName(signal)}: stopping; what is done is in the store. Once more quits at once.`,
        ),
      onSecond: () => this.#close(),
    });
    try {
      const { signal } = interruption;
      const prompts = await this.#prompts(signal);
      // Not before the prompts are there: what cannot begin again is not forgotten.
      if (options.restart) forgetExperiment(store, definition.name);
      else if (options.retry) this.#retry(prompts);
      const progress = await runExperiment({
        store,
        definition,
        prompts,
        workers: options.jobs ?? 1,
        startWorker: this.#startWorker,
        signal,
        onProgress: (now) => this.#reporter.note(now),
        onRemark: (sentence) => this.#reporter.say(sentence),
      });
      this.#close();
      this.#tell(progress);
      const { received } = interruption;
      if (received === null) return progress.counts.failed > 0 ? EXIT_FAILURE : EXIT_OK;
      this.#host.stderr.write(`Stopped by ${signalName(received)}. Go on with: ${goOnCommand(typed)}\n`);
      return SIGNAL_EXIT[received];
    } finally {
      this.#close();
      interruption.dispose();
      await this.#context?.release();
    }
  }

  /** In processes of their own where there are several: onnxruntime's threads are those of a process. */
  readonly #startWorker: StartWorker = () => {
    const { store, definition, options } = this.#request;
    const { jobs = 1 } = options;
    const onDownload = this.#downloads.note.bind(this.#downloads);
    if (jobs > 1) {
      const threads = Math.max(1, Math.floor(cpus().length / jobs));
      return startWorkerProcess({ store: store.path, experiment: definition.name, threads, onDownload });
    }
    return startWorkerHere(async (signal) => {
      const loading = { signal, onDownload, ...mergeReporter(this.#host, options) };
      this.#context = await openExperimentContext({ host: this.#host, store, definition, signal, loading });
      return this.#context;
    });
  };

  async #prompts(signal: AbortSignal): Promise<readonly string[]> {
    const { store, definition, options } = this.#request;
    const isBegun = !options.restart && begunDefinition(store, definition.name) !== undefined;
    // What was begun has its prompts, wherever they came from.
    if (isBegun && !isFileThere(definition.prompts)) return [];
    const llm = llmOptions(this.#host, cliOptionsOf(definition.options));
    const prompts = await readPrompts(definition.prompts, { llm, signal });
    return prompts.map(({ prompt }) => prompt);
  }

  /** Not before it is certain that the experiment is gone on with. */
  #retry(prompts: readonly string[]): void {
    const { store, definition } = this.#request;
    requireSameDefinition(store, definition, prompts);
    const count = retryExperiment(store, definition.name);
    this.#reporter.say(
      count === 0
        ? 'There is no failed job to try again.'
        : `${counted(count, 'failed job')} will be tried again.`,
    );
  }

  #close(): void {
    this.#reporter.close();
    this.#downloads.close();
  }

  #tell(progress: ExperimentProgress): void {
    const { store, definition, options } = this.#request;
    const { name } = definition;
    const failed = failedJobs(store, name);
    if (options.json) {
      const { counts, runs } = progress;
      this.#host.stdout.write(
        `${JSON.stringify({ experiment: name, store: store.path, counts, runs, failed })}\n`,
      );
      return;
    }
    this.#host.stdout.write(outcomeText(name, progress, options));
    if (failed.length > 0) this.#host.stderr.write(failureText(failed, progress));
  }
}

function outcomeText(name: string, { runs, counts }: ExperimentProgress, options: CliOptions): string {
  const isDone = runs.length > 0 && counts.waiting + counts.running + counts.stale === 0;
  const report = isDone ? [`\nThe report: ${suggestedCommand(['report', name], options)}`] : [];
  return [...runTable(runs), ...report].map((line) => `${line}\n`).join('');
}

function failureText(failed: readonly FailedJob[], { choice }: ExperimentProgress): string {
  const shown = failed.slice(0, SHOWN_FAILURES).map(({ key, error }) => `  ${key}: ${error}\n`);
  const more = failed.length > SHOWN_FAILURES ? `  and ${failed.length - SHOWN_FAILURES} more\n` : '';
  const isPassed = choice === undefined && failed.some(({ key }) => key.startsWith('prompts/'));
  const passed = isPassed ? 'The prompts were chosen among the others; only --restart chooses again.\n' : '';
  return `${counted(failed.length, 'job')} failed (--retry tries again):\n${shown.join('')}${more}${passed}`;
}

/** What forgets or repeats would do so again. */
function goOnCommand(typed: readonly string[]): string {
  return shellCommand(['dpo-diff', ...typed.filter((word) => word !== '--restart' && word !== '--retry')]);
}

/** Whether prompts can be compared with those that were there: a file that the user writes may have been edited. */
function isFileThere(source: PromptSource): boolean {
  return source.from === 'file' && existsSync(source.path);
}

function checkName(name: string | undefined): void {
  if (name === undefined || NAME.test(name)) return;
  throw new DpoError(
    'INVALID_OPTION',
    `--name must be letters, digits and hyphens, but it is ${JSON.stringify(name)}.`,
    {
      details: { option: 'name', value: name },
    },
  );
}
