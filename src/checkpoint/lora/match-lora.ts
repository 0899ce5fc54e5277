/** @file Which weights of a model the layers of a LoRA change: names of every style, matched with the model's own. */
import { DpoError } from '../../errors.ts';
import type { StoredTensor, WeightSource } from '../../tensor/stored-tensor.ts';
import { sizeOf } from '../../tensor/tensor.ts';
import { diffusersUnetName } from '../single-file/original-unet-names.ts';
import type { LoraComponent } from './lora-key.ts';
import type { LoraFile, LoraLayer } from './read-lora.ts';

/** The parts of a model that a LoRA can change, with the names of a diffusers folder. */
export type LoraTargets = ReadonlyMap<LoraComponent, WeightSource>;

/** A layer and the weight that it changes. */
export interface MatchedLayer {
  readonly layer: LoraLayer;
  /** The weight's name in the model. */
  readonly weight: string;
  readonly stored: StoredTensor;
  /** Whether the weight lies as `[in, out]` (OpenCLIP's projection). */
  readonly isTurned: boolean;
}

export interface MatchedLora {
  readonly layers: readonly MatchedLayer[];
  /** Layers that the model lacks, and keys that belong to no layer; as the file calls them. */
  readonly unmatched: readonly string[];
}

interface Weight {
  readonly name: string;
  readonly isTurned: boolean;
}

/**
 * Matches the layers of `lora` with the weights of a model.
 * @param layersPerBlock of the model's UNet, by which original block names are counted
 * @throws {DpoError} UNSUPPORTED_MODEL when nothing matches or a layer is of another size: it was trained for another family
 */
export function matchLora(lora: LoraFile, targets: LoraTargets, layersPerBlock: number): MatchedLora {
  const tables = new Map(
    [...targets].map(([component, source]) => [component, weightTable(source)] as const),
  );
  const layers: MatchedLayer[] = [];
  const unmatched = [...lora.foreign];
  for (const layer of lora.layers) {
    const table = tables.get(layer.component);
    const weight = table && findWeight(table, layer, layersPerBlock);
    const stored = weight && targets.get(layer.component)!.find(weight.name);
    if (!stored) unmatched.push(`${layer.component}: ${layer.module}`);
    else layers.push(checkedMatch(lora, { layer, weight: weight.name, stored, isTurned: weight.isTurned }));
  }
  if (layers.length === 0) throw nothingMatches(lora);
  return { layers, unmatched };
}

/** Underscores for dots, so that kohya's names, which cannot be taken apart, agree with the others. */
function normalized(name: string): string {
  return name.replaceAll('.', '_').replace(/^text_model_/, '');
}

function weightTable(source: WeightSource): ReadonlyMap<string, Weight> {
  const table = new Map<string, Weight>();
  for (const name of source.keys()) {
    if (name.endsWith('.weight'))
      table.set(normalized(name.slice(0, -'.weight'.length)), { name, isTurned: false });
    else if (/^(?:text|visual)_projection$/.test(name)) table.set(normalized(name), { name, isTurned: true });
  }
  return table;
}

function findWeight(
  table: ReadonlyMap<string, Weight>,
  { component, module }: LoraLayer,
  layersPerBlock: number,
): Weight | undefined {
  const found = table.get(normalized(module));
  if (found || component !== 'unet') return found;
  const name = diffusersUnetName(module, layersPerBlock);
  return name === undefined ? undefined : table.get(normalized(name));
}

/** A 1x1 convolution and a linear layer are the same to a LoRA, so sizes are compared, not axes. */
function checkedMatch(lora: LoraFile, match: MatchedLayer): MatchedLayer {
  const { layer, stored, isTurned, weight } = match;
  const { up, down, rank } = layer;
  const [outAxis, inAxis] = isTurned ? [1, 0] : [0, 1];
  const fits =
    up.shape[0] === stored.shape[outAxis] &&
    down.shape[1] === stored.shape[inAxis] &&
    up.shape[0]! * (sizeOf(down.shape) / rank) === sizeOf(stored.shape);
  if (fits) return match;
  const message = `${lora.path} does not fit this model: its layer "${layer.module}" has [${down.shape}] and [${up.shape}], the model's "${weight}" is [${stored.shape}]. It was trained for another family of models${guess(lora)}.`;
  throw new DpoError('UNSUPPORTED_MODEL', message, { details: { path: lora.path, layer: layer.module } });
}

function nothingMatches(lora: LoraFile): DpoError {
  const examples = lora.layers.slice(0, 3).map(({ module }) => `"${module}"`);
  const message = `Nothing in ${lora.path} matches this model: it has no layers ${examples.join(', ')} (${lora.layers.length} in the file). The LoRA was trained for another family of models${guess(lora)}.`;
  return new DpoError('UNSUPPORTED_MODEL', message, { details: { path: lora.path } });
}

function guess(lora: LoraFile): string {
  const family = loraFamily(lora);
  return family === undefined ? '' : ` (by its keys and sizes, ${family})`;
}

const CONTEXT_FAMILIES: Readonly<Record<number, string>> = {
  768: 'Stable Diffusion 1.x',
  1024: 'Stable Diffusion 2.x',
  2048: 'Stable Diffusion XL',
};

/** The family that a LoRA was trained for, as its keys, its notes and the width of the context tell; undefined untold. */
export function loraFamily({ layers, metadata }: LoraFile): string | undefined {
  const modules = layers.map(({ module }) => module);
  if (modules.some((module) => /(?:double|single)_(?:transformer_)?blocks/.test(module))) return 'Flux';
  if (modules.some((module) => /joint_blocks|^transformer\.transformer_blocks/.test(module)))
    return 'Stable Diffusion 3';
  const context = layers.find(({ module }) => /attn2[._]to_k$/.test(module))?.down.shape[1];
  const told = context === undefined ? undefined : CONTEXT_FAMILIES[context];
  if (told !== undefined) return told;
  const base = metadata.get('ss_base_model_version') ?? metadata.get('modelspec.architecture');
  return base === undefined || base === '' ? undefined : JSON.stringify(base.slice(0, 60));
}
