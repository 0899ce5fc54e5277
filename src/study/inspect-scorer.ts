/** @file What a CLIP model is, as a scorer: told from its configuration and the headers of its weights. */
import type { ClipTowers } from '../checkpoint/clip-folder.ts';
import { openClipModelTowers } from '../checkpoint/clip-model.ts';
import { isOpenClip } from '../checkpoint/open-clip-checkpoint.ts';
import { hasTokenizer } from '../checkpoint/tokenizer-files.ts';
import { openWeights } from '../checkpoint/weight-source.ts';
import { checkClipWeights } from '../diffusion/check-clip-weights.ts';
import { DpoError } from '../errors.ts';
import { isFile } from './is-file.ts';

/** Plain data. */
export interface ScorerDetails {
  readonly layout: 'Hugging Face' | 'OpenCLIP';
  /** Side of the squares that the vision tower reads, in pixels. */
  readonly imageSize: number;
  /** Side of a patch in pixels. */
  readonly patchSize: number;
  /** Layers and width of the two towers. */
  readonly vision: TowerDetails;
  readonly text: TowerDetails;
  /** Width of the space in which pictures and texts are compared. */
  readonly embeddingWidth: number;
  /** Tokens that the text tower reads, the two markers included. */
  readonly textLength: number;
  readonly activation: string;
  /** Whether it comes with a tokenizer; if not, the text encoder's is used. */
  readonly hasTokenizer: boolean;
}

export interface TowerDetails {
  readonly layers: number;
  readonly width: number;
  readonly heads: number;
}

/** A scorer, and why it cannot be used: null when it can. */
export interface ScorerReport {
  /** Absolute; a file where the whole model is one. */
  readonly dir: string;
  readonly problem: string | null;
  /** Null for one that cannot be read. */
  readonly details: ScorerDetails | null;
}

/** Looks into the CLIP model at `path` as a run would, and checks that its weights fit. */
export async function inspectScorer(path: string): Promise<ScorerReport> {
  try {
    const clip = await openClipModelTowers(path);
    const details = detailsOf(clip);
    checkClipWeights(clip);
    return { dir: clip.dir, problem: null, details };
  } catch (error) {
    if (!(error instanceof DpoError && error.isUserError)) throw error;
    return { dir: path, problem: error.message, details: null };
  }
}

/** Whether `path` is a file with a CLIP model under OpenCLIP's names. */
export async function isOpenClipFile(path: string): Promise<boolean> {
  if (!(await isFile(path)) || !path.endsWith('.safetensors')) return false;
  try {
    return isOpenClip(await openWeights(path));
  } catch (error) {
    if (error instanceof DpoError) return false;
    throw error;
  }
}

function detailsOf({ config, weights, tokenizerDir }: ClipTowers): ScorerDetails {
  const { text, vision } = config;
  const tower = ({ numHiddenLayers, hiddenSize, numAttentionHeads }: typeof text | typeof vision) => ({
    layers: numHiddenLayers,
    width: hiddenSize,
    heads: numAttentionHeads,
  });
  return {
    layout: weights.find('visual_projection') === undefined ? 'Hugging Face' : 'OpenCLIP',
    imageSize: vision.imageSize,
    patchSize: vision.patchSize,
    vision: tower(vision),
    text: tower(text),
    embeddingWidth: config.projectionDim,
    textLength: text.maxPositionEmbeddings,
    activation: vision.hiddenAct,
    hasTokenizer: hasTokenizer(tokenizerDir),
  };
}
