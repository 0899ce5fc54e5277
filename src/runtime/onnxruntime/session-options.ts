/** @file onnxruntime's settings for each way of trading memory for speed; the facts behind each line were measured on 1.30. */
import type { InferenceSession } from 'onnxruntime-node';
import type { GraphCost } from '../../graph/graph-cost.ts';
import type { MemoryMode } from '../executor.ts';

/** From here on `auto` leaves weights on disk: a packed copy of them would be felt. */
const LARGE_WEIGHT_BYTES = 512 * 2 ** 20;

/** From here on values are freed as soon as they were read; in a smaller program the time to take them up again would be felt. */
const LARGE_VALUE_BYTES = 64 * 2 ** 20;

/** Make new nodes, which onnxruntime takes up first: activations would be computed again at the start, not where they are needed. */
const REORDERING_OPTIMIZERS = ['ReshapeFusion', 'GatherSliceToSplitFusion'];

/** Hold every half-precision weight widened at once. */
const WIDENING_OPTIMIZERS = ['FuseFp16InitializerToFp32NodeTransformer', 'CommonSubexpressionElimination'];

export type ResolvedMemoryMode = Exclude<MemoryMode, 'auto'>;

/** `auto` resolved for a graph of this cost. */
export function resolveMemoryMode(
  mode: MemoryMode,
  cost: Pick<GraphCost, 'weightBytes'>,
): ResolvedMemoryMode {
  if (mode !== 'auto') return mode;
  return cost.weightBytes >= LARGE_WEIGHT_BYTES ? 'balanced' : 'fast';
}

/** What a session's settings depend on. */
export interface SessionNeeds {
  readonly mode: ResolvedMemoryMode;
  /** Bytes of a program's values alive at once. */
  readonly valueBytes: number;
  /** Where its external weights lie. */
  readonly root: string;
}

/** Settings for a session on the processor. */
export function sessionOptions({ mode, valueBytes, root }: SessionNeeds): InferenceSession.SessionOptions {
  const keepsWeightsOnDisk = mode !== 'fast';
  const isFrugal = keepsWeightsOnDisk || valueBytes >= LARGE_VALUE_BYTES;
  const base = onDevice('cpu', root);
  if (!isFrugal) return base;
  const disabled = [...REORDERING_OPTIMIZERS, ...(keepsWeightsOnDisk ? WIDENING_OPTIMIZERS : [])];
  return {
    ...base,
    // Laid out anew for the processor ('all'), the weights of convolutions are copied.
    graphOptimizationLevel: keepsWeightsOnDisk ? 'extended' : 'all',
    // One block for all values of a run would come on top of what the first run took.
    enableMemPattern: false,
    // Nodes still run one after the other; but only so does onnxruntime free a buffer when it was read. Otherwise it keeps each for the
    // next value of the same size, which in a UNet comes at the other end of the network: 134 MB where 47 are alive.
    executionMode: 'parallel',
    interOpNumThreads: 2,
    extra: {
      ...base.extra,
      ...(keepsWeightsOnDisk && {
        'session.disable_prepacking': '1',
        'optimization.constant_folding_max_output_size_in_bytes': '65536',
      }),
      'optimization.disable_specified_optimizers': disabled.join(';'),
      'session.inter_op.allow_spinning': '0',
    },
  };
}

/** Settings for a session on any device: weights are uploaded there, so there is nothing to leave on disk; folded, they are cast once. */
export function onDevice(
  provider: InferenceSession.ExecutionProviderConfig,
  root: string,
): InferenceSession.SessionOptions {
  return {
    executionProviders: [provider],
    logSeverityLevel: 3,
    graphOptimizationLevel: 'all',
    extra: { 'session.model_external_initializers_file_folder_path': root },
  };
}
