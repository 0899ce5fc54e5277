/** @file What a worker needs to work on an experiment: the model, loaded once, and the options of jobs in the library's shape. */
import type { ExperimentDefinition } from '../experiment/experiment-definition.ts';
import type { JobContext, ReadStudyOptions } from '../experiment/jobs/job-context.ts';
import type { StudyStore } from '../store/study-store.ts';
import { type LoadPipelineOptions, loadPipeline } from '../study/load-pipeline.ts';
import type { DownloadOptions } from '../study/locate-model.ts';
import { openSentenceEncoder } from '../study/open-sentence-encoder.ts';
import type { SimilarityChoice } from '../study/resolve-similarity.ts';
import { checkRuns } from './check-runs.ts';
import { cliOptionsOf } from './experiment-option-rules.ts';
import type { Host } from './host.ts';
import { checkWordProvider, preparedWords } from './prepared-words.ts';
import { pipelineOptionsOf, studyOptionsOf } from './study-options-of.ts';

export interface ExperimentContextOptions {
  readonly host: Host;
  readonly store: StudyStore;
  readonly definition: ExperimentDefinition;
  readonly signal: AbortSignal;
  /** Of each operation. @default the machine's cores */
  readonly threads?: number;
  /** Told of downloads and of merging LoRAs. */
  readonly loading: Required<DownloadOptions> & Pick<LoadPipelineOptions, 'onMerge'>;
}

/** A context, and what gives its memory back. */
export type OpenedContext = JobContext & { readonly release: () => Promise<void> };

/** @throws {DpoError} INVALID_OPTION when the options of a run contradict each other, besides whatever opening a model throws */
export async function openExperimentContext(options: ExperimentContextOptions): Promise<OpenedContext> {
  const { host, store, definition, signal, threads, loading } = options;
  const common = cliOptionsOf(definition.options);
  await checkWordProvider(host, common);
  const pipeline = await loadPipeline({
    ...pipelineOptionsOf(common),
    ...(threads !== undefined && { threads }),
    ...loading,
  });
  await checkRuns(pipeline, definition);
  const encoders = new Map<string, Promise<SimilarityChoice>>();
  const encoderOf = (name: string) => {
    const encoder = encoders.get(name) ?? openSentenceEncoder(name, loading);
    encoders.set(name, encoder);
    return encoder;
  };
  const studyOptions: ReadStudyOptions = async ({ task, prompt, options: given }) => {
    const read = cliOptionsOf(given);
    const { similarityModel: named } = read;
    const isOwn = named === undefined || named === 'minilm' || named === 'clip';
    const similarityModel = isOwn ? named : await encoderOf(named);
    const space = await preparedWords(silent(host), pipeline, { task, prompt, options: read });
    return {
      ...studyOptionsOf(read),
      ...(similarityModel && { similarityModel }),
      ...(space && { space }),
    };
  };
  return { pipeline, store, definition, studyOptions, signal, release: () => pipeline.release() };
}

/** Jobs tell of themselves through the store alone, and a signal is not theirs to answer. */
function silent(host: Host): Host {
  const stream = { write: () => true };
  return { ...host, stdout: stream, stderr: stream, signals: { on() {}, off() {}, exit() {} } };
}
