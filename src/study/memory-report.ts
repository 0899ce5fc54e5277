/** @file What a model would take in memory at a size, in each memory mode, beside what there is. */
import type { ClipFolder } from '../checkpoint/clip-folder.ts';
import type { DiffusersFolder } from '../checkpoint/diffusers-folder.ts';
import { METHOD, type MemoryEstimate, MemoryEstimator } from '../diffusion/estimate-memory.ts';
import { type PictureSize, resolvePictureSize } from '../diffusion/picture-size.ts';
import { resolveVaeTiling, type VaeTiling, type VaeTilingChoice } from '../diffusion/vae-tiling.ts';
import { availableMemory } from '../runtime/available-memory.ts';
import type { MemoryMode } from '../runtime/executor.ts';
import { resolveMemoryMode } from '../runtime/onnxruntime/session-options.ts';

/** What is asked of a model's memory. */
export interface MemoryQuestion extends Partial<PictureSize> {
  /** @default 'auto' */
  readonly memory?: MemoryMode;
  /** @default 'auto' */
  readonly vaeTiling?: VaeTilingChoice;
}

/** Plain data. The figures beside `width` and `height` are those of the mode that was asked for. */
export interface MemoryReport extends MemoryEstimate {
  readonly memory: MemoryMode;
  readonly vaeTiling: VaeTiling;
  readonly modes: readonly ModeMemory[];
  /** What this process may take here and now. */
  readonly availableBytes: number;
}

export interface ModeMemory {
  readonly mode: Exclude<MemoryMode, 'auto'>;
  readonly samplingBytes: number;
  readonly gradientBytes: number;
  /** Whether it fits here and now. */
  readonly samplingFits: boolean;
  readonly gradientFits: boolean;
}

/** @throws {DpoError} INVALID_CHECKPOINT for a weight that is missing or misshapen, INVALID_OPTION for a size that cannot be painted */
export function memoryReport(
  model: DiffusersFolder,
  scorers: readonly ClipFolder[],
  question: MemoryQuestion,
): MemoryReport {
  const { memory = 'auto' } = question;
  const size = resolvePictureSize(model, question);
  const vaeTiling = resolveVaeTiling(model.vae.config, size, question.vaeTiling);
  const estimator = new MemoryEstimator(model, scorers, size);
  const availableBytes = availableMemory();
  const bytesIn = (mode: MemoryMode) => {
    const way = { modeOf: resolveMemoryMode.bind(null, mode), vaeTiling };
    return { samplingBytes: estimator.samplingBytes(way), gradientBytes: estimator.gradientBytes(way) };
  };
  const modes = (['fast', 'balanced', 'low'] as const).map((mode) => {
    const bytes = bytesIn(mode);
    return {
      mode,
      ...bytes,
      samplingFits: bytes.samplingBytes <= availableBytes,
      gradientFits: bytes.gradientBytes <= availableBytes,
    };
  });
  return { ...size, ...bytesIn(memory), method: METHOD, memory, vaeTiling, modes, availableBytes };
}
