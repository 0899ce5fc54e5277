/**
 * @file The components of a whole model in one file (the original LDM and Stability key names), as views with the names
 * that a diffusers folder has. Nothing is read but the keys.
 */
import type { WeightSource } from '../../tensor/stored-tensor.ts';
import { huggingFaceNames } from '../open-clip-keys.ts';
import { renamedWeights, type StoredName } from '../renamed-weights.ts';
import { diffusersUnetName, layersPerBlockOf } from './original-unet-names.ts';
import { decoderLevelsOf, diffusersVaeName } from './original-vae-names.ts';

/** The components that a single file may hold, by their folders' names. */
export const SINGLE_FILE_COMPONENTS = ['unet', 'vae', 'text_encoder', 'text_encoder_2'] as const;
export type SingleFileComponent = (typeof SINGLE_FILE_COMPONENTS)[number];

export interface MappedFile {
  /** The components that the file holds. */
  readonly components: ReadonlyMap<SingleFileComponent, WeightSource>;
  /** Keys that such files carry and that a text-to-image model does not need. */
  readonly ignored: readonly string[];
  /** Keys that nothing here knows. */
  readonly unknown: readonly string[];
}

export const UNET_PREFIX = 'model.diffusion_model.';
export const VAE_PREFIX = 'first_stage_model.';

interface Place {
  readonly component: SingleFileComponent;
  readonly prefix: string;
  /** The names that a key behind the prefix has in a diffusers folder. */
  readonly names: (key: string) => readonly (readonly [string, Omit<StoredName, 'key'>])[];
}

const IGNORED: readonly RegExp[] = [
  /^(?:\w+_)?alphas_cumprod(?:_prev)?$/,
  /^(?:betas|scale_factor|lvlb_weights|logvar|global_step|v_pred|ztsnr|denoiser\.sigmas)$/,
  /^posterior_\w+$/,
  /^model_ema\./,
  /^first_stage_model\.(?:loss\.|model_ema\.)/,
  /(?:^|\.)(?:position_ids|logit_scale|attn_mask)$/,
  // Stable Diffusion 2 reads the hidden states, never the projection.
  /^cond_stage_model\.(?:model|transformer)\.text_projection(?:\.weight)?$/,
  /^conditioner\.embedders\.0\.transformer\.text_projection(?:\.weight)?$/,
];

/**
 * Maps every key of `source`.
 * @param keys all of the file's keys, also those of tensors that are no weights. @default those of `source`
 */
export function mapSingleFile(source: WeightSource, keys: Iterable<string> = source.keys()): MappedFile {
  const all = [...keys];
  const places = placesOf(all);
  const names = new Map<SingleFileComponent, Map<string, StoredName>>();
  const [ignored, unknown]: [string[], string[]] = [[], []];
  for (const key of all) {
    if (IGNORED.some((pattern) => pattern.test(key))) ignored.push(key);
    else if (!mapKey(key, places, names)) unknown.push(key);
  }
  const components = [...names].map(
    ([component, table]) => [component, renamedWeights(source, table)] as const,
  );
  return { components: new Map(components), ignored, unknown };
}

function mapKey(
  key: string,
  places: readonly Place[],
  names: Map<SingleFileComponent, Map<string, StoredName>>,
): boolean {
  const place = places.find(({ prefix }) => key.startsWith(prefix));
  const found = place?.names(key.slice(place.prefix.length)) ?? [];
  for (const [name, stored] of found) {
    const table = names.get(place!.component) ?? new Map<string, StoredName>();
    names.set(place!.component, table.set(name, { ...stored, key }));
  }
  return found.length > 0;
}

function placesOf(keys: readonly string[]): readonly Place[] {
  const layersPerBlock = layersPerBlockOf(behind(keys, UNET_PREFIX)) ?? 1;
  const levels = decoderLevelsOf(behind(keys, VAE_PREFIX));
  return [
    { component: 'unet', prefix: UNET_PREFIX, names: (key) => unetNames(key, layersPerBlock) },
    { component: 'vae', prefix: VAE_PREFIX, names: (key) => vaeNames(key, levels) },
    { component: 'text_encoder', prefix: 'cond_stage_model.transformer.', names: huggingFaceText },
    { component: 'text_encoder', prefix: 'cond_stage_model.model.', names: huggingFaceNames },
    { component: 'text_encoder', prefix: 'conditioner.embedders.0.transformer.', names: huggingFaceText },
    { component: 'text_encoder_2', prefix: 'conditioner.embedders.1.model.', names: huggingFaceNames },
  ];
}

function behind(keys: readonly string[], prefix: string): readonly string[] {
  return keys.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
}

function unetNames(key: string, layersPerBlock: number): readonly (readonly [string, object])[] {
  const name = diffusersUnetName(key, layersPerBlock);
  return name === undefined ? [] : [[name, {}]];
}

function vaeNames(key: string, levels: number): readonly (readonly [string, Omit<StoredName, 'key'>])[] {
  const mapped = diffusersVaeName(key, levels);
  return mapped === undefined ? [] : [[mapped.name, { asMatrix: mapped.asMatrix === true }]];
}

/** The names are Hugging Face's already; some writers leave `text_model` out, which the text encoder understands. */
function huggingFaceText(key: string): readonly (readonly [string, object])[] {
  return /^(?:text_model\.)?(?:embeddings|encoder|final_layer_norm)\./.test(key) ? [[key, {}]] : [];
}
