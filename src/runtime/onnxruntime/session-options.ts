/** @file onnxruntime's settings for each way of trading memory for speed; the facts behind each line were measured on 1.30. */
import type { InferenceSession } from 'onnxruntime-node';
import type { GraphCost } from '../../graph/graph-cost.ts';
import type { MemoryMode } from '../executor.ts';

/** From here on `auto` leaves weights on disk: a packed copy of them would be felt. */
const LARGE_WEIGHT_BYTES = 512 * 2 ** 20;

/**
 * Optimizers that would undo the order of the graph: two of them hold every weight widened at once, the others make new nodes, which
 * onnxruntime takes up first, so that activations are computed again at the start rather than where they are needed.
 */
const DISABLED_OPTIMIZERS = [
  'FuseFp16InitializerToFp32NodeTransformer',
  'CommonSubexpressionElimination',
  'ReshapeFusion',
  'GatherSliceToSplitFusion',
];

export type ResolvedMemoryMode = Exclude<MemoryMode, 'auto'>;

/** `auto` resolved for a graph of this cost. */
export function resolveMemoryMode(mode: MemoryMode, cost: GraphCost): ResolvedMemoryMode {
  if (mode !== 'auto') return mode;
  return cost.weightBytes >= LARGE_WEIGHT_BYTES ? 'balanced' : 'fast';
}

/** Options for a session whose external weights lie under `root`. */
export function sessionOptions(
  mode: ResolvedMemoryMode,
  root: string,
  providers: readonly InferenceSession.ExecutionProviderConfig[],
): InferenceSession.SessionOptions {
  const shared = { 'session.model_external_initializers_file_folder_path': root };
  const base: InferenceSession.SessionOptions = { executionProviders: [...providers], logSeverityLevel: 3 };
  if (mode === 'fast') return { ...base, graphOptimizationLevel: 'all', extra: shared };
  return {
    ...base,
    graphOptimizationLevel: 'extended',
    // The arena keeps what a run needed for the next one: without it the C library's heap grows in fragments.
    enableMemPattern: false,
    // Nodes still run one after the other; but only so does onnxruntime free a buffer when it has been read. Otherwise it keeps each for the
    // next value of the same size, which in a UNet comes at the other end of the network: 134 MB where 47 are alive.
    executionMode: 'parallel',
    interOpNumThreads: 2,
    extra: {
      ...shared,
      'session.disable_prepacking': '1',
      'optimization.constant_folding_max_output_size_in_bytes': '65536',
      'optimization.disable_specified_optimizers': DISABLED_OPTIMIZERS.join(';'),
      'session.inter_op.allow_spinning': '0',
    },
  };
}
