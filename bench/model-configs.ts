/** @file The public configurations of the released models, as far as they shape networks: what the bench fills with random weights. */

/** One model: a configuration for each component's folder. */
export interface ModelConfigs {
  readonly unet: Readonly<Record<string, unknown>>;
  readonly vae: Readonly<Record<string, unknown>>;
  readonly textEncoder: Readonly<Record<string, unknown>>;
}

/** Token ids are those of the small tokenizer that the bench writes beside a vocabulary of full size. */
const TOKEN_IDS = { bos_token_id: 912, eos_token_id: 913, pad_token_id: 913 };

const VAE = {
  _class_name: 'AutoencoderKL',
  act_fn: 'silu',
  block_out_channels: [128, 256, 512, 512],
  in_channels: 3,
  latent_channels: 4,
  layers_per_block: 2,
  norm_num_groups: 32,
  out_channels: 3,
  sample_size: 512,
  scaling_factor: 0.18215,
  up_block_types: ['UpDecoderBlock2D', 'UpDecoderBlock2D', 'UpDecoderBlock2D', 'UpDecoderBlock2D'],
};

/** The text tower of CLIP ViT-L/14. */
const CLIP_L_TEXT = {
  model_type: 'clip_text_model',
  hidden_size: 768,
  intermediate_size: 3072,
  num_attention_heads: 12,
  num_hidden_layers: 12,
  max_position_embeddings: 77,
  vocab_size: 49408,
  hidden_act: 'quick_gelu',
  ...TOKEN_IDS,
};

/** `CompVis/stable-diffusion-v1-4`. */
export const SD1: ModelConfigs = {
  unet: {
    _class_name: 'UNet2DConditionModel',
    attention_head_dim: 8,
    block_out_channels: [320, 640, 1280, 1280],
    cross_attention_dim: 768,
    down_block_types: ['CrossAttnDownBlock2D', 'CrossAttnDownBlock2D', 'CrossAttnDownBlock2D', 'DownBlock2D'],
    up_block_types: ['UpBlock2D', 'CrossAttnUpBlock2D', 'CrossAttnUpBlock2D', 'CrossAttnUpBlock2D'],
    in_channels: 4,
    out_channels: 4,
    layers_per_block: 2,
    norm_num_groups: 32,
    sample_size: 64,
  },
  vae: VAE,
  textEncoder: CLIP_L_TEXT,
};

/** The UNet of `stabilityai/stable-diffusion-xl-base-1.0`, without what it reads besides latents, time and context. */
export const SDXL_UNET = {
  _class_name: 'UNet2DConditionModel',
  attention_head_dim: [5, 10, 20],
  block_out_channels: [320, 640, 1280],
  cross_attention_dim: 2048,
  down_block_types: ['DownBlock2D', 'CrossAttnDownBlock2D', 'CrossAttnDownBlock2D'],
  up_block_types: ['CrossAttnUpBlock2D', 'CrossAttnUpBlock2D', 'UpBlock2D'],
  transformer_layers_per_block: [1, 2, 10],
  use_linear_projection: true,
  in_channels: 4,
  out_channels: 4,
  layers_per_block: 2,
  norm_num_groups: 32,
  sample_size: 128,
};

export const SDXL_VAE = { ...VAE, sample_size: 1024, scaling_factor: 0.13025 };

/** `openai/clip-vit-base-patch32`, the scorer. */
export const CLIP_B32 = {
  model_type: 'clip',
  projection_dim: 512,
  text_config: {
    hidden_size: 512,
    intermediate_size: 2048,
    num_attention_heads: 8,
    num_hidden_layers: 12,
    max_position_embeddings: 77,
    vocab_size: 49408,
    hidden_act: 'quick_gelu',
    ...TOKEN_IDS,
  },
  vision_config: {
    hidden_size: 768,
    intermediate_size: 3072,
    num_attention_heads: 12,
    num_hidden_layers: 12,
    image_size: 224,
    patch_size: 32,
    hidden_act: 'quick_gelu',
  },
};

export const CLIP_B32_PREPROCESSOR = {
  crop_size: { height: 224, width: 224 },
  size: { shortest_edge: 224 },
  resample: 3,
  do_resize: true,
  do_center_crop: true,
  do_normalize: true,
  do_rescale: true,
  rescale_factor: 1 / 255,
  image_mean: [0.48145466, 0.4578275, 0.40821073],
  image_std: [0.26862954, 0.26130258, 0.27577711],
};

/** Stable Diffusion's noise schedule under DDIM. */
export const SCHEDULER = {
  _class_name: 'DDIMScheduler',
  beta_start: 0.00085,
  beta_end: 0.012,
  beta_schedule: 'scaled_linear',
  steps_offset: 1,
  set_alpha_to_one: false,
  clip_sample: false,
};

export const MODEL_INDEX = {
  _class_name: 'StableDiffusionPipeline',
  scheduler: ['diffusers', 'DDIMScheduler'],
  text_encoder: ['transformers', 'CLIPTextModel'],
  tokenizer: ['transformers', 'CLIPTokenizer'],
  unet: ['diffusers', 'UNet2DConditionModel'],
  vae: ['diffusers', 'AutoencoderKL'],
};
