/**
 * @file Whether a run fits into the memory that there is, and how it would. Of the ways that the user leaves open the first that fits is
 * taken: a slower memory mode before tiles, because tiles change pixels. Estimates are of one picture at a time, which is how large
 * pictures are made.
 */
import type { ClipFolder } from '../../checkpoint/clip-folder.ts';
import type { DiffusersFolder } from '../../checkpoint/diffusers-folder.ts';
import { ClipScorer } from '../../diffusion/clip-scorer.ts';
import type { CombinedScorer } from '../../diffusion/combined-scorer.ts';
import { MemoryEstimator } from '../../diffusion/estimate-memory.ts';
import { type PictureSize, resolvePictureSize } from '../../diffusion/picture-size.ts';
import { resolveVaeTiling, type VaeTiling, type VaeTilingChoice } from '../../diffusion/vae-tiling.ts';
import { DpoError } from '../../errors.ts';
import { availableMemory } from '../../runtime/available-memory.ts';
import type { Execution, MemoryMode } from '../../runtime/executor.ts';
import { resolveMemoryMode } from '../../runtime/onnxruntime/session-options.ts';
import type { WeightSource } from '../../tensor/stored-tensor.ts';
import { memoryText } from '../memory-text.ts';

/** One way to run. */
export interface MemoryWay {
  readonly memory: MemoryMode;
  readonly vaeTiling: VaeTiling;
}

/** What is needed of a pipeline. */
export interface MemoryPipeline {
  readonly model: DiffusersFolder;
  readonly scorer: CombinedScorer;
  readonly heldOutScorer: CombinedScorer | undefined;
  readonly execution: Pick<Execution, 'device'>;
  readonly requestedMemory: MemoryMode;
  /** How it runs, and whether that can be changed no more. */
  readonly memory: MemoryMode;
  readonly isMemorySettled: boolean;
}

export interface MemoryRequest {
  /** What takes the most: a text gradient, or sampling alone. */
  readonly work: 'sampling' | 'gradient';
  /** As they were resolved. */
  readonly settings: PictureSize & { readonly vaeTiling: VaeTiling };
  /** What the user said of tiles. @default 'auto' */
  readonly vaeTiling?: VaeTilingChoice | undefined;
  /** @default false */
  readonly ignoreMemory?: boolean | undefined;
  /** How it ran before, of which nothing may change now. @default what the user asked for, or what fits */
  readonly made?: MemoryWay | undefined;
  /** @default what the machine has to spare now */
  readonly availableBytes?: number | undefined;
}

/** How a run fits. */
export interface MemoryFit extends MemoryWay {
  /** For the user, where it is not as it was asked for. */
  readonly warnings: readonly string[];
}

/** Weights of less than this part of the memory are not looked at more closely: a run takes less than twenty times its weights. */
const SMALL_PART = 0.05;

/**
 * The first way to run that fits. Only the processor's memory is known.
 * @throws {DpoError} NOT_ENOUGH_MEMORY when none does, with what would help
 */
export function fitMemory(pipeline: MemoryPipeline, request: MemoryRequest): MemoryFit {
  const asked = askedWay(pipeline, request);
  if (pipeline.execution.device !== 'cpu') return { ...asked, warnings: [] };
  const available = request.availableBytes ?? availableMemory();
  if (isSmall(pipeline, request.settings, available)) return { ...asked, warnings: [] };
  const forecast = new Forecast(pipeline, request);
  const ways = openWays(pipeline, request);
  const fitting = ways.find((way) => forecast.bytes(way) <= available);
  if (fitting) {
    const isAsked = fitting === ways[0];
    return { ...fitting, warnings: isAsked ? [] : [stepText(forecast, asked, fitting, available)] };
  }
  const least = ways.reduce((a, b) => (forecast.bytes(b) < forecast.bytes(a) ? b : a));
  if (!request.ignoreMemory) throw notEnough(forecast, least, available);
  const message = `${needText(forecast, least)}, and ${memoryText(available)} are available; started all the same.`;
  return { ...least, warnings: [message] };
}

/**
 * Fits a run and has `pipeline` run that way from now on; gives the settings to run it with.
 * @throws {DpoError} NOT_ENOUGH_MEMORY when it does not fit
 */
export function applyMemoryFit<Settings extends MemoryRequest['settings']>(
  pipeline: MemoryPipeline & { memory: MemoryMode },
  request: MemoryRequest & { readonly settings: Settings },
): { readonly settings: Settings; readonly warnings: readonly string[] } {
  const { memory, vaeTiling, warnings } = fitMemory(pipeline, request);
  pipeline.memory = memory;
  return { settings: { ...request.settings, vaeTiling }, warnings };
}

/** Values grow with the picture, so the weights are taken as many times as it is larger than what the model was trained for. */
function isSmall(
  { model, scorer, heldOutScorer }: MemoryPipeline,
  size: PictureSize,
  available: number,
): boolean {
  const components = [model.textEncoder, model.textEncoder2, model.unet, model.vae];
  const clips = [...clipsOf(scorer), ...clipsOf(heldOutScorer)];
  const sources = [...components, ...clips].flatMap((part) => part?.weights ?? []);
  const bytes = sources.reduce((sum, source) => sum + storedBytes(source), 0);
  const trained = resolvePictureSize(model, {});
  const growth = (size.width * size.height) / (trained.width * trained.height);
  return bytes * Math.max(1, growth) < SMALL_PART * available;
}

function storedBytes(source: WeightSource): number {
  return [...source.keys()].reduce((sum, key) => sum + source.find(key)!.byteLength, 0);
}

/** The CLIPs among scorers; what others take is not known. */
function clipsOf(scorer: CombinedScorer | undefined): ClipFolder[] {
  return (scorer?.scorers ?? []).flatMap((part) =>
    part.scorer instanceof ClipScorer ? part.scorer.folder : [],
  );
}

/** A pipeline that has begun goes on as it is, even where a study was made otherwise: its key tells that it cannot be gone on with. */
function askedWay(pipeline: MemoryPipeline, { made, settings }: MemoryRequest): MemoryWay {
  const { requestedMemory, memory, isMemorySettled } = pipeline;
  const way = made ?? { memory: requestedMemory, vaeTiling: settings.vaeTiling };
  return isMemorySettled ? { ...way, memory } : way;
}

/** What is left open, the best first. */
function openWays(pipeline: MemoryPipeline, request: MemoryRequest): MemoryWay[] {
  const { memory, vaeTiling } = askedWay(pipeline, request);
  if (request.made) return [{ memory, vaeTiling }];
  const { model, isMemorySettled } = pipeline;
  const modes: MemoryMode[] = memory === 'auto' && !isMemorySettled ? ['auto', 'balanced', 'low'] : [memory];
  const tilings: VaeTiling[] = [vaeTiling];
  if ((request.vaeTiling ?? 'auto') === 'auto' && tilings[0] === 'off' && canTile(model, request.settings))
    tilings.push('on');
  return tilings.flatMap((vaeTiling) => modes.map((memory) => ({ memory, vaeTiling })));
}

function canTile(model: DiffusersFolder, size: PictureSize): boolean {
  return resolveVaeTiling(model.vae.config, size, 'on') === 'on';
}

/** What each way would take; graphs are built when they are asked for. */
class Forecast {
  readonly pipeline: MemoryPipeline;
  readonly request: MemoryRequest;
  readonly #estimator: MemoryEstimator;

  constructor(pipeline: MemoryPipeline, request: MemoryRequest) {
    this.pipeline = pipeline;
    this.request = request;
    const { width, height } = request.settings;
    const judges = clipsOf(pipeline.heldOutScorer);
    this.#estimator = new MemoryEstimator(pipeline.model, clipsOf(pipeline.scorer), {
      width,
      height,
      judges,
    });
  }

  bytes({ memory, vaeTiling }: MemoryWay, work = this.request.work): number {
    const way = { modeOf: resolveMemoryMode.bind(null, memory), vaeTiling };
    return work === 'gradient' ? this.#estimator.gradientBytes(way) : this.#estimator.samplingBytes(way);
  }
}

function needText(forecast: Forecast, way: MemoryWay): string {
  const { work, settings } = forecast.request;
  const what = work === 'gradient' ? 'The text gradient' : 'Sampling';
  const size = `${settings.width}x${settings.height}`;
  return `${what} at ${size} would take about ${memoryText(forecast.bytes(way))} with --memory ${way.memory}${tilesText(way)}`;
}

function tilesText({ vaeTiling }: MemoryWay): string {
  return vaeTiling === 'on' ? ' and --vae-tiling on' : '';
}

function stepText(forecast: Forecast, asked: MemoryWay, taken: MemoryWay, available: number): string {
  const cost = taken.vaeTiling === asked.vaeTiling ? 'which is slower' : 'which changes pixels a little';
  const instead = `--memory ${taken.memory}${tilesText(taken)} is used`;
  return `${needText(forecast, asked)}, and ${memoryText(available)} are available; ${instead}, ${cost} and takes about ${memoryText(forecast.bytes(taken))}.`;
}

function notEnough(forecast: Forecast, least: MemoryWay, available: number): DpoError {
  const help = remedies(forecast, least);
  const message = `${needText(forecast, least)}, and ${memoryText(available)} are available. Use ${help.join(', or ')}; --ignore-memory (in code: \`ignoreMemory\`) starts it all the same.`;
  const details = { neededBytes: forecast.bytes(least), availableBytes: available };
  return new DpoError('NOT_ENOUGH_MEMORY', message, { details });
}

/** What would take less, in words. */
function remedies(forecast: Forecast, least: MemoryWay): string[] {
  const { model } = forecast.pipeline;
  const { settings, work } = forecast.request;
  const about = (way: MemoryWay, kind = work) => `(about ${memoryText(forecast.bytes(way, kind))})`;
  const lower = (way: MemoryWay) => forecast.bytes(way) < forecast.bytes(least);
  const low: MemoryWay = { ...least, memory: 'low' };
  const tiled: MemoryWay = { ...least, vaeTiling: 'on' };
  const isTiled = least.vaeTiling === 'off' && canTile(model, settings) && lower(tiled);
  const isStoredWhole = [...model.unet.weights.keys()].some(
    (key) => model.unet.weights.find(key)!.dtype === 'float32',
  );
  return [
    ...(lower(low) ? [`--memory low ${about(low)}`] : []),
    ...(isTiled ? [`--vae-tiling on ${about(tiled)}`] : []),
    ...(work === 'gradient' ? [`--method evolution ${about(least, 'sampling')}`] : []),
    ...(isStoredWhole ? ['--variant fp16 where the model comes in it'] : []),
    'a smaller --size',
  ];
}
