/** @file What a model's folder holds and whether we can run it. Only configurations and headers are read. */
import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { ClipFolder } from '../checkpoint/clip-folder.ts';
import { openClipModel } from '../checkpoint/clip-model.ts';
import { requireObject } from '../checkpoint/config-schema.ts';
import { type DiffusersFolder, openDiffusersFolder } from '../checkpoint/diffusers-folder.ts';
import { modelName } from '../checkpoint/model-name.ts';
import { holdsOpenClip } from '../checkpoint/open-clip-checkpoint.ts';
import { readJson } from '../checkpoint/read-json.ts';
import { listFolder } from '../checkpoint/weights-file.ts';
import { DpoError } from '../errors.ts';
import { type ComponentWeights, readComponentWeights, readFileWeights } from './component-weights.ts';
import { inspectScorer, isOpenClipFile, type ScorerReport } from './inspect-scorer.ts';
import { EMBEDDED_MODEL_NAME, isEmbeddedModel } from './load-pipeline.ts';
import { type MemoryQuestion, type MemoryReport, memoryReport } from './memory-report.ts';
import { modelFamilyName } from './model-family-name.ts';
import { type Distillation, distillationOf } from './preflight/distilled-model.ts';
import { type SchedulerReport, schedulerReport } from './scheduler-report.ts';

/** One part of a model: a network, a tokenizer, a scheduler. */
export interface ComponentReport {
  /** The folder, relative to the model's; `.` for the model's own. */
  readonly name: string;
  /** As the folder says it; null where it does not. */
  readonly className: string | null;
  readonly weights: ComponentWeights | null;
  /** Why the component is not there or not readable; null when it is. */
  readonly problem: string | null;
}

/** Plain data. */
export interface CheckpointReport {
  /** Absolute. */
  readonly dir: string;
  readonly name: string;
  /** `Stable Diffusion 1.x`, `CLIP (a scorer)`, …, or the name of the pipeline's class. */
  readonly family: string;
  readonly components: readonly ComponentReport[];
  /** Of all components; null where one cannot be counted. */
  readonly parameters: number | null;
  readonly bytes: number;
  readonly runnable: boolean;
  /** Why it cannot be run; null when it can. */
  readonly reason: string | null;
  /** Tokens that the text encoder reads, the two markers included. */
  readonly textLength: number | null;
  /** What the UNet predicts: `epsilon`, `v_prediction`. */
  readonly predictionType: string | null;
  /** The scheduler that the folder names, and whether `--scheduler checkpoint` can run it; null where there is none. */
  readonly scheduler: SchedulerReport | null;
  /** Why the model seems to be guidance-distilled, so that searching a negative prompt is refused; null where nothing says so. */
  readonly distillation: Distillation | null;
  /** The folder's own scorer, or the scorer that the model itself is, and why it cannot be used. */
  readonly scorer: ScorerReport | null;
  /** Null for what cannot be run. */
  readonly memory: MemoryReport | null;
  /** What was assumed or is of no use, a sentence each; absent where there is nothing to say. */
  readonly remarks?: readonly string[];
  /** What a LoRA consists of; absent for anything else. */
  readonly lora?: LoraReport;
}

/** Plain data. */
export interface LoraReport {
  readonly layers: readonly {
    /** `unet`, `text_encoder` or `text_encoder_2`. */
    readonly component: string;
    /** As the file calls the layer. */
    readonly module: string;
    readonly rank: number;
    /** Null where it stands among the weights of a file on the hub, which are not read. */
    readonly alpha: number | null;
  }[];
}

/**
 * Looks into the folder `dir`, also one whose model we cannot run.
 * @param question how its memory is estimated. @default as it would run by itself
 * @throws {DpoError} FILE_ACCESS when it cannot be read, INVALID_CHECKPOINT when it holds no model at all, INVALID_OPTION for a question
 * that makes no sense
 */
export async function inspectCheckpoint(
  dir: string,
  question: MemoryQuestion = {},
): Promise<CheckpointReport> {
  const root = resolve(dir);
  if (await isOpenClipFile(root)) return inspectOpenClipFile(root);
  const names = await listFolder(root);
  const declared = await declaredClass(root, names);
  const components = declared.isPipeline
    ? await pipelineComponents(root, names, declared.json)
    : [await component(root, '.', declared.className)];
  if (declared.className === null && components.every(({ weights }) => weights === null)) throw noModel(root);
  const isScorer = declared.className === 'clip';
  const verdict = isScorer ? await scorerOnly(root) : await judge(() => openDiffusersFolder(root), question);
  const name = isEmbeddedModel(root) ? EMBEDDED_MODEL_NAME : modelName(root);
  const scheduler = await ownScheduler(root);
  return {
    dir: root,
    name,
    family: modelFamilyName(declared.className, await optionalJson(join(root, 'unet', 'config.json'))),
    components,
    parameters: total(components),
    bytes: components.reduce((sum, { weights }) => sum + (weights?.bytes ?? 0), 0),
    ...verdict,
    textLength: isScorer ? (verdict.scorer?.details?.textLength ?? null) : await textLength(root),
    predictionType: await predictionType(root),
    scheduler,
    distillation: isScorer ? null : distillationReport(name, scheduler),
  };
}

/** As a run would tell it. */
export function distillationReport(name: string, scheduler: SchedulerReport | null): Distillation | null {
  return distillationOf({ name, schedulerClass: scheduler?.className ?? '', loraNames: [] }) ?? null;
}

type Json = Readonly<Record<string, unknown>>;

/** What the folder says that it is. */
async function declaredClass(
  root: string,
  names: readonly string[],
): Promise<{ isPipeline: boolean; className: string | null; json: Json }> {
  if (names.includes('model_index.json')) {
    const path = join(root, 'model_index.json');
    const json = requireObject(await readJson(path), path);
    return {
      isPipeline: true,
      className: String(json._class_name ?? 'a pipeline without a class name'),
      json,
    };
  }
  const json = (await optionalJson(join(root, 'config.json'))) ?? {};
  // timm's repositories of OpenCLIP models have a `config.json` of the vision tower alone.
  const named = json._class_name ?? json.model_type ?? (holdsOpenClip(names) ? 'clip' : undefined);
  return { isPipeline: false, className: typeof named === 'string' ? named : null, json };
}

/** The components that `model_index.json` lists, and the scorer, which diffusers knows nothing of. */
async function pipelineComponents(
  root: string,
  names: readonly string[],
  index: Json,
): Promise<ComponentReport[]> {
  const listed = Object.entries(index).filter(
    (entry): entry is [string, [unknown, string]] =>
      Array.isArray(entry[1]) && typeof entry[1][1] === 'string',
  );
  const scorer = names.includes('scorer') && !('scorer' in index) ? [['scorer', 'CLIPModel'] as const] : [];
  const parts = [...listed.map(([name, [, className]]) => [name, className] as const), ...scorer];
  return Promise.all(parts.map(([name, className]) => component(root, name, className)));
}

async function component(root: string, name: string, className: string | null): Promise<ComponentReport> {
  try {
    const weights = (await readComponentWeights(join(root, name))) ?? null;
    return { name, className, weights, problem: weights?.problem ?? null };
  } catch (error) {
    return { name, className, weights: null, problem: messageOf(error) };
  }
}

export type Verdict = Pick<CheckpointReport, 'runnable' | 'reason' | 'scorer' | 'memory'>;

/**
 * Opens the model with `open`, as a run would, and builds its graphs, so that a missing or misshapen weight shows.
 * @param scorerParent the folder whose `scorer` the model has for its own. @default the model's
 */
export async function judge(
  open: () => Promise<DiffusersFolder>,
  question: MemoryQuestion,
  scorerParent?: string,
): Promise<Verdict> {
  let isOpen = false;
  try {
    const model = await open();
    isOpen = true;
    const scorer = await openScorer(model, scorerParent ?? model.dir);
    const memory = memoryReport(model, scorer.folder ? [scorer.folder] : [], question);
    return { runnable: true, reason: null, scorer: scorer.report, memory };
  } catch (error) {
    // Of an open model only the question can be wrong.
    if (isOpen && error instanceof DpoError && error.code === 'INVALID_OPTION') throw error;
    return { runnable: false, reason: messageOf(error), scorer: null, memory: null };
  }
}

async function scorerOnly(path: string): Promise<Verdict> {
  const reason = 'It is a CLIP model, which can score pictures (--scorer DIR) but not make them.';
  return { runnable: false, reason, scorer: await inspectScorer(path), memory: null };
}

/** A scorer in one file. */
async function inspectOpenClipFile(path: string): Promise<CheckpointReport> {
  const weights = await readFileWeights(path);
  const verdict = await scorerOnly(path);
  return {
    dir: path,
    name: basename(path),
    family: modelFamilyName('clip', undefined),
    components: [{ name: '.', className: 'clip', weights, problem: weights.problem }],
    parameters: weights.parameters,
    bytes: weights.bytes,
    ...verdict,
    textLength: verdict.scorer?.details?.textLength ?? null,
    predictionType: null,
    scheduler: null,
    distillation: null,
  };
}

async function openScorer(
  model: DiffusersFolder,
  parent: string,
): Promise<{ folder?: ClipFolder; report: CheckpointReport['scorer'] }> {
  const dir = join(parent, 'scorer');
  if (!existsSync(dir)) return { report: null };
  const report = await inspectScorer(dir);
  if (report.problem !== null) return { report };
  try {
    return { folder: await openClipModel(dir, model.tokenizer), report };
  } catch (error) {
    return { report: { ...report, problem: messageOf(error) } };
  }
}

/** What went wrong, as a finding; bugs of ours are thrown on. */
function messageOf(error: unknown): string {
  if (error instanceof DpoError && error.isUserError) return error.message;
  throw error;
}

function total(components: readonly ComponentReport[]): number | null {
  let sum = 0;
  for (const { weights } of components) {
    if (weights?.parameters === null) return null;
    sum += weights?.parameters ?? 0;
  }
  return sum;
}

/** Of two text encoders, the one that reads fewer counts. */
async function textLength(root: string): Promise<number | null> {
  const folders = ['text_encoder', 'text_encoder_2'];
  const configs = await Promise.all(folders.map((folder) => optionalJson(join(root, folder, 'config.json'))));
  const lengths = configs.flatMap((config) => config?.max_position_embeddings ?? []);
  const numbers = lengths.filter((length) => typeof length === 'number');
  return numbers.length > 0 ? Math.min(...numbers) : null;
}

async function ownScheduler(root: string): Promise<SchedulerReport | null> {
  const file = join(root, 'scheduler', 'scheduler_config.json');
  const json = await optionalJson(file);
  return json === undefined ? null : schedulerReport(json, file);
}

async function predictionType(root: string): Promise<string | null> {
  const config = await optionalJson(join(root, 'scheduler', 'scheduler_config.json'));
  if (config === undefined) return null;
  // What diffusers takes where the file says nothing.
  return typeof config.prediction_type === 'string' ? config.prediction_type : 'epsilon';
}

/** The object in the JSON file at `path`; undefined where there is none that can be read. */
async function optionalJson(path: string): Promise<Json | undefined> {
  if (!existsSync(path)) return undefined;
  try {
    return requireObject(await readJson(path), path);
  } catch (error) {
    messageOf(error);
    return undefined;
  }
}

function noModel(dir: string): DpoError {
  const message = `${dir} holds no model: expected a folder in the diffusers layout, with model_index.json and a folder for each component, or a CLIP model with config.json and weights.`;
  return new DpoError('INVALID_CHECKPOINT', message, { details: { dir } });
}
