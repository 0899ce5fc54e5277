/** @file What `improve` and `attack` do: search, tell, record, and print what was found. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Pipeline } from '../../diffusion/pipeline.ts';
import { checkPrompt } from '../../study/check-prompt.ts';
import { defaultRunDir } from '../../study/default-run-dir.ts';
import { attack, improve } from '../../study/improve.ts';
import { loadPipeline } from '../../study/load-pipeline.ts';
import type { DownloadOptions } from '../../study/locate-model.ts';
import { openSentenceEncoder } from '../../study/open-sentence-encoder.ts';
import type { SimilarityChoice } from '../../study/resolve-similarity.ts';
import { RunFolder, recordStudy } from '../../study/run-folder.ts';
import type { StudyEvent, StudyFinishedEvent } from '../../study/study-event.ts';
import type { StudyOptions } from '../../study/study-options.ts';
import type { StudyResult } from '../../study/study-result.ts';
import type { PromptSpace, Task } from '../../words/prompt-space.ts';
import { DEFAULT_ITERATIONS } from '../default-iterations.ts';
import { EXIT_FAILURE, EXIT_OK, type InterruptSignal, SIGNAL_EXIT } from '../exit-code.ts';
import { generateCommandLine } from '../generate-command-line.ts';
import type { Host } from '../host.ts';
import { Interruption, signalName } from '../interruption.ts';
import { mergeReporter } from '../merge-reporter.ts';
import { checkWordProvider, preparedWords } from '../prepared-words.ts';
import type { CliOptions } from '../shared-options.ts';
import { pipelineOptionsOf, studyOptionsOf } from '../study-options-of.ts';
import { createStudyReporter } from '../study-reporter.ts';
import { studySummary } from '../study-summary.ts';
import { whileLoading } from '../while-loading.ts';

const STUDIES = { improve, attack };

export interface StudyRequest {
  readonly task: Task;
  readonly prompt: string;
  readonly options: CliOptions;
  /** The command line, without the program's name: the report shows it to whoever wants to repeat the study. */
  readonly typed: readonly string[];
}

/** With the words that came from elsewhere than a file or the dictionaries. */
interface PreparedRequest extends StudyRequest {
  readonly space: PromptSpace | undefined;
}

/** Gives the exit code; the result goes to standard output. */
export async function runStudy(host: Host, request: StudyRequest): Promise<number> {
  const { options, prompt } = request;
  checkPrompt(prompt);
  await checkWordProvider(host, options);
  const pipeline = await whileLoading(host, options, (download) =>
    loadPipeline({ ...pipelineOptionsOf(options), ...mergeReporter(host, options), ...download }),
  );
  const space = await preparedWords(host, pipeline, request);
  const similarity = await whileLoading(host, options, (download) =>
    similarityOf(options.similarityModel, download),
  );
  const reporter = createStudyReporter({
    stream: host.stderr,
    env: host.env,
    now: host.now,
    iterations: options.iterations ?? DEFAULT_ITERATIONS,
    maxSeconds: options.maxSeconds,
    quiet: options.quiet,
    verbose: options.verbose,
  });
  const interruption = new Interruption(host.signals, {
    onFirst: (signal) =>
      reporter.say(
        `${signalName(signal)}: stopping and writing what was found so far. Once more quits at once.`,
      ),
    onSecond: () => reporter.close(),
  });
  try {
    let isScored = false;
    // What `auto` came to belongs into the command that makes the pictures again.
    let made = options;
    // A failure to write comes after the last event, so the result is printed all the same.
    const opened = { signal: interruption.signal, ...(similarity && { similarityModel: similarity }) };
    for await (const event of await recordedStudy(host, pipeline, { ...request, space }, opened)) {
      reporter.note(event);
      if (event.type === 'started' && event.settings.vaeTiling === 'on')
        made = { ...options, vaeTiling: 'on' };
      if (event.type === 'finished') {
        printResult(host, event, made, interruption.received);
        isScored = event.result.best.loss !== null;
      }
    }
    const { received } = interruption;
    if (received !== null) return SIGNAL_EXIT[received];
    return isScored ? EXIT_OK : EXIT_FAILURE;
  } finally {
    reporter.close();
    interruption.dispose();
  }
}

/** What compares meanings, where somebody names it. The encoder that comes with the program is opened by the study. */
async function similarityOf(
  name: string | undefined,
  download: DownloadOptions,
): Promise<SimilarityChoice | undefined> {
  if (name === undefined || name === 'minilm' || name === 'clip') return name;
  return openSentenceEncoder(name, download);
}

/** Everything that can be wrong with the request shows here, before anything is sampled. */
async function recordedStudy(
  host: Host,
  pipeline: Pipeline,
  { task, prompt, options, typed, space }: PreparedRequest,
  opened: Pick<StudyOptions, 'signal' | 'similarityModel'>,
): Promise<AsyncIterable<StudyEvent>> {
  const events = STUDIES[task](pipeline, prompt, {
    ...studyOptionsOf(options),
    ...(space && { space }),
    ...opened,
  });
  // A device that cannot be used shows here, and leaves no folder behind.
  await pipeline.text.encode(prompt);
  const dir = options.out ?? (await defaultRunDir(prompt, host.date()));
  if (holdsRun(dir) && !options.quiet) host.stderr.write(`Replacing the earlier run in ${dir}.\n`);
  const folder = await RunFolder.create(dir, { command: ['npx', 'dpo-diff', ...typed] });
  return recordStudy(events, folder);
}

/** Every run leaves one of these files, however it ends. */
function holdsRun(dir: string): boolean {
  return ['events.jsonl', 'result.json'].some((name) => existsSync(join(dir, name)));
}

function printResult(
  { stdout, stderr }: Host,
  { result, unwritten }: StudyFinishedEvent,
  options: CliOptions,
  stoppedBy: InterruptSignal | null,
): void {
  const command = generateCommandLine(result, options);
  stdout.write(options.json ? `${JSON.stringify(result)}\n` : studySummary(result, command, unwritten));
  if (stoppedBy === null) return;
  stderr.write(stoppedLine(result, signalName(stoppedBy)));
}

function stoppedLine({ evaluations, runDir }: StudyResult, by: string): string {
  if (evaluations === 0)
    return `Stopped by ${by} before anything was evaluated; the record of it is in ${runDir}.\n`;
  const tried = evaluations === 1 ? '1 evaluation' : `${evaluations} evaluations`;
  return `Stopped by ${by}; the best of ${tried} is in ${runDir}.\n`;
}
