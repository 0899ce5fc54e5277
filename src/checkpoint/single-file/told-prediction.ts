/**
 * @file What a single file's UNet predicts, noise or velocity: the same layers do either, so the file must say it, or its
 * weights must. Fine-tunes for web UIs mark velocity by an empty tensor `v_pred`, trainers write it into the header.
 */
import { readFloatTensor, type SafetensorsFile, storedTensor } from '../safetensors.ts';
import type { PredictionType } from '../scheduler-config.ts';

export interface ToldPrediction {
  readonly predictionType: PredictionType;
  /** Whether the noise schedule ends in pure noise. */
  readonly zeroTerminalSnr: boolean;
  /** By what it was told, for a sentence; undefined where the file says it. */
  readonly assumedBy: string | undefined;
}

// Of a normalisation before the last attention. In models of velocity its biases spread far more widely than in those of
// noise; the threshold is that of ComfyUI, which has told Stable Diffusion 2 models apart by it for years.
export const TELLING_KEY = 'model.diffusion_model.output_blocks.11.1.transformer_blocks.0.norm1.bias';
const TELLING_SPREAD = 0.09;

/** @param mayBeVelocity whether the family has models of both kinds, so that the weights are asked where the file is silent */
export async function toldPrediction(file: SafetensorsFile, mayBeVelocity: boolean): Promise<ToldPrediction> {
  const zeroTerminalSnr = file.entries.has('ztsnr');
  const stated = statedPrediction(file);
  if (stated !== undefined) return { predictionType: stated, zeroTerminalSnr, assumedBy: undefined };
  if (!mayBeVelocity) return { predictionType: 'epsilon', zeroTerminalSnr, assumedBy: undefined };
  const spread = await tellingSpread(file);
  if (spread === undefined)
    return { predictionType: 'epsilon', zeroTerminalSnr, assumedBy: 'nothing in the file' };
  const predictionType = spread > TELLING_SPREAD ? 'v_prediction' : 'epsilon';
  return { predictionType, zeroTerminalSnr, assumedBy: 'how widely some of its weights spread' };
}

function statedPrediction({ entries, metadata }: SafetensorsFile): PredictionType | undefined {
  if (entries.has('v_pred')) return 'v_prediction';
  const stated = metadata.get('modelspec.prediction_type') ?? metadata.get('prediction_type');
  if (stated !== undefined) {
    if (/^(?:v|v_prediction|vpred|velocity)$/i.test(stated)) return 'v_prediction';
    if (/^(?:epsilon|eps|noise)$/i.test(stated)) return 'epsilon';
  }
  const architecture = metadata.get('modelspec.architecture') ?? '';
  if (/^stable-diffusion-v2-768-v/.test(architecture)) return 'v_prediction';
  return /^stable-diffusion-v2-512/.test(architecture) ? 'epsilon' : undefined;
}

async function tellingSpread(file: SafetensorsFile): Promise<number | undefined> {
  const stored = storedTensor(file, TELLING_KEY);
  // A vector of one width; anything else is no such model, and says so when it is run.
  if (stored?.shape.length !== 1 || stored.shape[0]! > 65_536) return undefined;
  const { data } = await readFloatTensor(stored);
  const mean = data.reduce((sum, value) => sum + value, 0) / data.length;
  return Math.sqrt(data.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, data.length - 1));
}
