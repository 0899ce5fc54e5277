/** @file What runs in a web page: re-exports only, without a module of Node's behind them. The package's entry `dpo-diff/browser`. */

export { gradient, type OutputCotangent, scalarGradient } from './autodiff/gradient.ts';
export { openRemoteWeights, readRemoteWeight } from './checkpoint/remote-weights.ts';
export { parseSchedulerConfig, type SchedulerConfig } from './checkpoint/scheduler-config.ts';
export { parseTextEncoderConfig, type TextEncoderConfig } from './checkpoint/text-encoder-config.ts';
export { parseUnetConfig, type UnetConfig } from './checkpoint/unet-config.ts';
export { parseVaeConfig, type VaeConfig } from './checkpoint/vae-config.ts';
export type { Conditioning } from './diffusion/conditioning.ts';
export { Denoiser, type DenoiserInputs, type DifferentiableInput } from './diffusion/denoiser.ts';
export { ImageDecoder } from './diffusion/image-decoder.ts';
export { ProgramTable } from './diffusion/program-table.ts';
export type { PromptPiece, PromptTemplate } from './diffusion/prompt-template.ts';
export { RelaxedPrompt } from './diffusion/relaxed-prompt.ts';
export { makeScheduler } from './diffusion/schedulers/make-scheduler.ts';
export type { Scheduler, SchedulerStep } from './diffusion/schedulers/scheduler.ts';
export type { SchedulerRun } from './diffusion/schedulers/scheduler-run.ts';
export { DpoError, type ErrorCode } from './errors.ts';
export { evaluateGraph } from './graph/evaluate/evaluate-graph.ts';
export { type Graph, graphOf, type Node } from './graph/graph.ts';
export { GraphBuilder } from './graph/graph-builder.ts';
export { type WriteOptions, writeOnnx } from './graph/onnx/write-onnx.ts';
export { textTower, tokenEmbeddings } from './models/text-encoder.ts';
export { type UnetInputs, unet } from './models/unet.ts';
export { vaeDecoder } from './models/vae-decoder.ts';
export type { Executor, Precision, Program } from './runtime/executor.ts';
export type { OrtWeb } from './runtime/onnxruntime-web/ort-web.ts';
export {
  createWebExecutor,
  type WebExecutorOptions,
  type WeightReader,
} from './runtime/onnxruntime-web/web-executor.ts';
export type { Objective, Score, TextGradient } from './search/objective.ts';
export { runSearch, SEARCH_METHODS, type SearchMethod } from './search/search.ts';
export type { StoredTensor, WeightSource } from './tensor/stored-tensor.ts';
export { type FloatTensor, floatTensor, type IntTensor, intTensor, type Tensor } from './tensor/tensor.ts';
export { TorchGenerator } from './tensor/torch-noise.ts';
