/** @file What a .safetensors file holds, told by its keys alone: a whole model of a family that we run, or something else by name. */
import type { ModelFamily } from '../diffusers-folder.ts';

export type FileIdentity =
  | { readonly kind: 'model'; readonly family: ModelFamily }
  | {
      readonly kind: 'other';
      /** Completes "it is …". */
      readonly what: string;
      /** A sentence on the way out; empty where there is none. */
      readonly advice: string;
    };

interface Mark {
  readonly what: string;
  /** Some key must match. */
  readonly has: RegExp;
  /** No key may match. */
  readonly lacks?: RegExp;
  readonly advice?: string;
}

const SUPPORTED = 'Supported are Stable Diffusion 1.x, 2.x and XL.';
const AS_FOLDER = 'Give the whole model: its file, or its folder in the diffusers layout.';

/** In this order: adapters and other networks first, since they borrow the names of the models that they extend. */
const OTHERS: readonly Mark[] = [
  {
    what: 'a LoRA, which changes a model and is none',
    has: /\.(?:lora_(?:down|up|mid|A|B|linear_layer)|lora\.(?:down|up)|hada_w\d_[ab]|lokr_w\d|oft_\w+|dora_scale)(?:\.|$)|^lora_(?:unet|te\d?|transformer)_|_lora\.(?:down|up)\./,
    advice: 'Give it with --lora FILE, beside the --model that it was trained for.',
  },
  { what: 'a ControlNet', has: /^(?:control_model\.|controlnet_|.*input_hint_block\.)/, advice: SUPPORTED },
  { what: 'an IP-Adapter', has: /^(?:ip_adapter|image_proj)\./, advice: SUPPORTED },
  {
    what: 'a textual inversion embedding',
    has: /^(?:emb_params|string_to_param|clip_[lg]$)/,
    advice: SUPPORTED,
  },
  { what: 'a motion module for videos', has: /motion_modules\./, advice: SUPPORTED },
  { what: 'Stable Video Diffusion', has: /\.time_(?:stack|mixer)\./, advice: SUPPORTED },
  { what: 'Flux', has: /(?:^|\.)double_blocks\.\d+\.|^single_transformer_blocks\./, advice: SUPPORTED },
  { what: 'Stable Diffusion 3', has: /(?:^|\.)joint_blocks\.\d+\./, advice: SUPPORTED },
  { what: 'Stable Cascade', has: /(?:^|\.)clip_txt_mapper\./, advice: SUPPORTED },
  {
    what: 'another diffusion transformer',
    has: /(?:^|\.)(?:adaln_single|double_layers\.\d+|single_layers\.\d+|t_embedder|x_embedder|cap_embedder|patch_embedding)\./,
    lacks: /^(?:model\.diffusion_model\.input_blocks|vision_model|text_model)\./,
    advice: SUPPORTED,
  },
  {
    what: 'a model of another noise formulation (EDM), such as Playground 2.5 or CosXL',
    has: /^(?:edm_mean|edm_std|edm_vpred\.\w+)$/,
    advice: SUPPORTED,
  },
  {
    what: "SDXL's refiner, which improves pictures and makes none",
    has: /^conditioner\.embedders\.0\.model\./,
    lacks: /^conditioner\.embedders\.1\./,
    advice: 'Give the base model.',
  },
];

/** After the models, so that what lacks a part is named by the part that it has. */
const PARTS: readonly Mark[] = [
  {
    what: 'a UNet alone, without text encoder and VAE',
    has: /^(?:model\.diffusion_model\.)?(?:input_blocks\.0\.0|down_blocks\.0|time_embed(?:ding)?)\./,
    advice: AS_FOLDER,
  },
  {
    what: 'a VAE alone',
    has: /^(?:first_stage_model\.)?decoder\.(?:conv_in|mid|mid_block)\./,
    advice: AS_FOLDER,
  },
  {
    what: 'a CLIP model',
    has: /^(?:vision_model|visual)\./,
    advice: 'A CLIP model can score pictures: give its folder with --scorer.',
  },
  {
    what: 'a text encoder alone',
    has: /^(?:text_model|encoder\.block|transformer\.resblocks|(?:cond_stage_model|conditioner)\..*)\.?/,
    advice: AS_FOLDER,
  },
];

const UNET = /^model\.diffusion_model\.input_blocks\.0\.0\.weight$/;

const FAMILIES: readonly { readonly family: ModelFamily; readonly has: RegExp }[] = [
  {
    family: 'stable-diffusion-xl',
    has: /^conditioner\.embedders\.[01]\.|^model\.diffusion_model\.label_emb\./,
  },
  { family: 'stable-diffusion-2', has: /^cond_stage_model\.model\./ },
  { family: 'stable-diffusion-1', has: /^cond_stage_model\.transformer\./ },
];

/**
 * Tells what the file with these keys holds.
 * @param linearProjections whether the UNet's `proj_in` are matrices; tells the family where the text encoder is missing
 */
export function identifyFile(keys: readonly string[], linearProjections = false): FileIdentity {
  const other = OTHERS.find((mark) => isMarked(keys, mark));
  if (other) return otherKind(other);
  const family = FAMILIES.find(({ has }) => keys.some((key) => has.test(key)))?.family;
  if (keys.some((key) => UNET.test(key))) {
    const untold = linearProjections ? 'stable-diffusion-2' : 'stable-diffusion-1';
    return { kind: 'model', family: family ?? untold };
  }
  const part = PARTS.find((mark) => isMarked(keys, mark));
  return part
    ? otherKind(part)
    : { kind: 'other', what: 'nothing that this program knows', advice: SUPPORTED };
}

function isMarked(keys: readonly string[], { has, lacks }: Mark): boolean {
  return keys.some((key) => has.test(key)) && !(lacks && keys.some((key) => lacks.test(key)));
}

function otherKind({ what, advice = '' }: Mark): FileIdentity {
  return { kind: 'other', what, advice };
}
