/** @file What `improve` and `attack` do: search, tell, record, and print what was found. */
import { resolve } from 'node:path';
import type { Pipeline } from '../../diffusion/pipeline.ts';
import type { StudyStore } from '../../store/study-store.ts';
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
import { counted } from '../amount-text.ts';
import { DEFAULT_ITERATIONS } from '../default-iterations.ts';
import { EXIT_FAILURE, EXIT_OK, type InterruptSignal, SIGNAL_EXIT } from '../exit-code.ts';
import { generateCommandLine } from '../generate-command-line.ts';
import type { Host } from '../host.ts';
import { Interruption, signalName } from '../interruption.ts';
import { mergeReporter } from '../merge-reporter.ts';
import { openStore } from '../open-store.ts';
import { checkWordProvider, preparedWords } from '../prepared-words.ts';
import type { CliOptions } from '../shared-options.ts';
import { pipelineOptionsOf, studyOptionsOf } from '../study-options-of.ts';
import { createStudyReporter } from '../study-reporter.ts';
import { keptRequest } from '../study-request.ts';
import { studySummary } from '../study-summary.ts';
import { suggestedCommand } from '../suggested-command.ts';
import { unusedOptionWarnings } from '../unused-options.ts';
import { warn } from '../warn.ts';
import { whileLoading } from '../while-loading.ts';

const STUDIES = { improve, attack };

export interface StudyRequest {
  readonly task: Task;
  readonly prompt: string;
  readonly options: CliOptions;
  /** The command line, without the program's name: the report shows it to whoever wants to repeat the study. */
  readonly typed: readonly string[];
  /** The words, where they were found before. */
  readonly space?: PromptSpace | undefined;
  /** The study to go on with. */
  readonly resume?: { readonly store: StudyStore; readonly id: string };
}

/** What was opened for a study. */
type Opened = Pick<StudyOptions, 'signal' | 'similarityModel'> & { readonly store: StudyStore | undefined };

/** Gives the exit code; the result goes to standard output. */
export async function runStudy(host: Host, request: StudyRequest): Promise<number> {
  const { options, prompt, resume } = request;
  checkPrompt(prompt);
  if (!resume) {
    await checkWordProvider(host, options);
    warn(host, options, unusedOptionWarnings(options));
  }
  const store = resume?.store ?? (await openStore(host, options));
  try {
    return await searched(host, request, store);
  } finally {
    if (!resume) store?.close();
  }
}

async function searched(host: Host, request: StudyRequest, store: StudyStore | undefined): Promise<number> {
  const { options } = request;
  const pipeline = await whileLoading(host, options, (download) =>
    loadPipeline({ ...pipelineOptionsOf(options), ...mergeReporter(host, options), ...download }),
  );
  const space = request.space ?? (await preparedWords(host, pipeline, request));
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
    const opened = { signal: interruption.signal, store, ...(similarity && { similarityModel: similarity }) };
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
  { task, prompt, options, typed, space, resume }: StudyRequest,
  { store, ...opened }: Opened,
): Promise<AsyncIterable<StudyEvent>> {
  const given = { ...studyOptionsOf(options), ...(space && { space }) };
  const kept = { ...options, ...(options.out !== undefined && { out: resolve(options.out) }) };
  const request = keptRequest({ task, prompt, options: kept, typed });
  const record = store && { store, request, ...(resume && { resume: resume.id }) };
  const events = STUDIES[task](pipeline, prompt, {
    ...given,
    ...opened,
    ...(record && { record }),
  });
  // A device that cannot be used shows here, and leaves no folder behind.
  await pipeline.text.encode(prompt);
  const dir = options.out ?? (await defaultRunDir(prompt, host.date()));
  const folder = await RunFolder.create(dir, { command: ['npx', 'dpo-diff', ...typed] });
  if (folder.isReplacing && !options.quiet && !resume)
    host.stderr.write(`Replacing the earlier run in ${dir}.\n`);
  return withRunDir(recordStudy(events, folder), store, dir);
}

/** Tells the store where the pictures go. */
async function* withRunDir(
  events: AsyncIterable<StudyEvent>,
  store: StudyStore | undefined,
  dir: string,
): AsyncGenerator<StudyEvent, void> {
  for await (const event of events) {
    if (event.type === 'started' && event.studyId !== undefined)
      store?.studies.setRunDir(event.studyId, resolve(dir));
    yield event;
  }
}

function printResult(
  { stdout, stderr }: Host,
  { result, unwritten }: StudyFinishedEvent,
  options: CliOptions,
  stoppedBy: InterruptSignal | null,
): void {
  const command = generateCommandLine(result, options);
  // Whoever reads it may be in another folder.
  const json = { ...result, runDir: result.runDir && resolve(result.runDir) };
  stdout.write(options.json ? `${JSON.stringify(json)}\n` : studySummary(result, command, unwritten));
  if (stoppedBy === null) return;
  stderr.write(stoppedLine(result, signalName(stoppedBy), options));
}

function stoppedLine({ evaluations, runDir, studyId }: StudyResult, by: string, options: CliOptions): string {
  const goOn = studyId === undefined ? '' : ` Go on with: ${suggestedCommand(['resume', studyId], options)}`;
  if (evaluations === 0)
    return `Stopped by ${by} before anything was evaluated; the record of it is in ${runDir}.${goOn}\n`;
  const tried = counted(evaluations, 'evaluation');
  return `Stopped by ${by}; the best of ${tried} is in ${runDir}.${goOn}\n`;
}
