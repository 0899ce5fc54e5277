/** @file The library's public face: re-exports only. */

export { gradient, type OutputCotangent, scalarGradient } from './autodiff/gradient.ts';
export type { AppliedLora } from './checkpoint/diffusers-folder.ts';
export type { DownloadEvent } from './checkpoint/hub/download-event.ts';
export type { LoraSpec } from './checkpoint/lora/apply-loras.ts';
export { readSafetensors, writeSafetensors } from './checkpoint/safetensors.ts';
export type { CombinedScorer, PictureLosses } from './diffusion/combined-scorer.ts';
export {
  type Branch,
  type Conditioning,
  combineConditionings,
  mapConditioning,
} from './diffusion/conditioning.ts';
export {
  Pipeline,
  type SampleOptions,
  type SampleRequest,
  type SamplingOptions,
  type SamplingSettings,
} from './diffusion/pipeline.ts';
export type { PromptPiece, PromptTemplate } from './diffusion/prompt-template.ts';
export { RelaxedPrompt, type UncertainTokens } from './diffusion/relaxed-prompt.ts';
export type { Scheduler, SchedulerStep } from './diffusion/schedulers/scheduler.ts';
export {
  SCHEDULER_NAMES,
  type SchedulerChoice,
  type SchedulerName,
} from './diffusion/schedulers/scheduler-names.ts';
export type { SchedulerRun } from './diffusion/schedulers/scheduler-run.ts';
export type { ClipLoss, PixelGradient, PromptReader, Scorer, WeightedScorer } from './diffusion/scorer.ts';
export type { SentenceEncoder, TextSimilarity } from './diffusion/sentence-encoder.ts';
export {
  type ShortcutGradient,
  type ShortcutGradientRequest,
  shortcutGradient,
} from './diffusion/shortcut-gradient.ts';
export { type PixelOffset, type PixelSize, timeIdsOf } from './diffusion/size-conditioning.ts';
export type { RelaxedText } from './diffusion/text-encoding.ts';
export type { VaeTiling, VaeTilingChoice } from './diffusion/vae-tiling.ts';
export { DpoError, type ErrorCode } from './errors.ts';
export { evaluateGraph } from './graph/evaluate/evaluate-graph.ts';
export { type Graph, graphOf, type Node } from './graph/graph.ts';
export { GraphBuilder } from './graph/graph-builder.ts';
export { type GraphCost, graphCost } from './graph/graph-cost.ts';
export { printGraph } from './graph/print-graph.ts';
export { type UnetInputs, unet } from './models/unet.ts';
export type {
  Device,
  DeviceName,
  Execution,
  Executor,
  MemoryMode,
  PassedOver,
  Precision,
  Program,
} from './runtime/executor.ts';
export { type OpenExecutorOptions, openExecutor } from './runtime/onnxruntime/open-executor.ts';
export { createOrtExecutor, type OrtExecutorOptions } from './runtime/onnxruntime/ort-executor.ts';
export type {
  CandidateRace,
  EvaluationCosts,
  Objective,
  Score,
  TextGradient,
} from './search/objective.ts';
export { runSearch, SEARCH_METHODS, type SearchMethod } from './search/search.ts';
export type { SearchEvent, StopReason } from './search/search-event.ts';
export type {
  BudgetOptions,
  EvolutionOptions,
  GradientOptions,
  SearchOptions,
} from './search/search-options.ts';
export type { SearchProblem } from './search/search-problem.ts';
export type { Candidate, SearchSpace } from './search/search-space.ts';
export { softmax, softmaxVjp } from './search/softmax.ts';
export { StudyStore } from './store/study-store.ts';
export type { AccelerationOptions, StepPlace } from './study/acceleration-options.ts';
export { attack, improve } from './study/improve.ts';
export { type LoadPipelineOptions, loadPipeline } from './study/load-pipeline.ts';
export type { ScorerChoice, ScorerOptions } from './study/open-scorers.ts';
export {
  type OpenedSentenceEncoder,
  type OpenSentenceEncoderOptions,
  openSentenceEncoder,
} from './study/open-sentence-encoder.ts';
export { type PrepareSpaceOptions, prepareStudySpace } from './study/prepare-study-space.ts';
export { PRESET_NAMES, type PresetName } from './study/preset-names.ts';
export { PRESETS } from './study/presets.ts';
export type { SimilarityChoice, SimilarityOptions } from './study/resolve-similarity.ts';
export type { Study } from './study/study.ts';
export type { StudyEvent } from './study/study-event.ts';
export type { StudyGoal } from './study/study-goal.ts';
export type { StudyRecording } from './study/study-journal.ts';
export type { StudyOptions } from './study/study-options.ts';
export type {
  HeldOutScorerResult,
  PairedDifference,
  ScoredPrompt,
  StudyResult,
} from './study/study-result.ts';
export { buildStudySpace } from './study/study-space.ts';
export type { WordEffect } from './study/word-effect.ts';
export { type FloatTensor, floatTensor, type IntTensor, intTensor, type Tensor } from './tensor/tensor.ts';
export { TorchGenerator } from './tensor/torch-noise.ts';
export type { LlmOptions } from './words/llm/llm-settings.ts';
export type {
  LanguageModelRecord,
  LeftOutWord,
  LibrarySlot,
  PromptPart,
  PromptSearch,
  PromptSpace,
  Task,
  WordChoice,
  WordSlot,
} from './words/prompt-space.ts';
export type { WordProvider, WordProviderOptions } from './words/words-space.ts';
