/** @file A workflow for ComfyUI, in the form that its API and "Load" take: the usual seven nodes of a text-to-image graph. */
import type { SchedulerName } from '../../diffusion/schedulers/scheduler-names.ts';
import type { PictureSettings } from '../recorded-settings.ts';
import type { DatasetRow } from './dataset-row.ts';

/** An output of another node: its name and its place there. */
type Link = readonly [node: string, output: number];

export interface ComfyNode {
  readonly class_type: string;
  readonly inputs: Readonly<Record<string, string | number | Link>>;
  readonly _meta: { readonly title: string };
}

/** Nodes by name. */
export type ComfyWorkflow = Readonly<Record<string, ComfyNode>>;

/** ComfyUI has no PLMS; its `ipndm` is the nearest relative. */
const SAMPLER_NAMES: Readonly<Record<SchedulerName, string>> = {
  ddim: 'ddim',
  ddpm: 'ddpm',
  pndm: 'ipndm',
  euler: 'euler',
  'euler-ancestral': 'euler_ancestral',
  heun: 'heun',
  'dpm++2m': 'dpmpp_2m',
  'dpm++2m-sde': 'dpmpp_2m_sde',
  unipc: 'uni_pc',
  lcm: 'lcm',
};

/** Its schedules by the spacing of timesteps that they have. */
const SCHEDULES = { leading: 'ddim_uniform', linspace: 'normal', trailing: 'simple' } as const;

/** For the first searched seed: another one is a number to change there. */
export function comfyWorkflow(row: DatasetRow): ComfyWorkflow {
  const settings = row.settings as unknown as PictureSettings;
  const loras = loraNodes(settings);
  const last = loras.length === 0 ? 'checkpoint' : `lora${loras.length}`;
  const clip: Link = [last, 1];
  return {
    checkpoint: node('CheckpointLoaderSimple', 'Load Checkpoint', { ckpt_name: fileName(settings.model) }),
    ...Object.fromEntries(loras),
    positive: textNode(row.optimizedPrompt, 'Prompt', clip),
    negative: textNode(row.negativePrompt, 'Negative prompt', clip),
    latent: node('EmptyLatentImage', 'Empty Latent Image', {
      width: settings.width,
      height: settings.height,
      batch_size: 1,
    }),
    sampler: samplerNode(settings, row.seeds[0], [last, 0]),
    decode: node('VAEDecode', 'VAE Decode', { samples: ['sampler', 0], vae: ['checkpoint', 2] }),
    save: node('SaveImage', 'Save Image', {
      filename_prefix: `dpo-diff/${row.studyId}`,
      images: ['decode', 0],
    }),
  };
}

function samplerNode(settings: PictureSettings, seed: number, model: Link): ComfyNode {
  return node('KSampler', 'KSampler', {
    ...{ seed, steps: settings.steps, cfg: settings.guidanceScale, denoise: 1 },
    sampler_name: SAMPLER_NAMES[settings.scheduler],
    scheduler: scheduleName(settings),
    ...{ model, positive: ['positive', 0], negative: ['negative', 0], latent_image: ['latent', 0] },
  });
}

function scheduleName({ karrasSigmas, timestepSpacing }: PictureSettings): string {
  if (karrasSigmas) return 'karras';
  // LCM's timesteps are its own.
  return timestepSpacing === null ? 'sgm_uniform' : SCHEDULES[timestepSpacing];
}

/** Each takes model and text encoder from the one before. */
function loraNodes({ loras = [] }: PictureSettings): (readonly [string, ComfyNode])[] {
  return loras.map(({ name, scale }, i) => {
    const before = i === 0 ? 'checkpoint' : `lora${i}`;
    const inputs = { lora_name: fileName(name), strength_model: scale, strength_clip: scale };
    const links = { model: [before, 0], clip: [before, 1] } as const;
    return [`lora${i + 1}`, node('LoraLoader', 'Load LoRA', { ...inputs, ...links })];
  });
}

/** Parentheses are weights there, unless a backslash comes before; brackets are text. */
function textNode(text: string, title: string, clip: Link): ComfyNode {
  return node('CLIPTextEncode', title, { text: text.replace(/[()]/g, '\\$&'), clip });
}

function node(class_type: string, title: string, inputs: ComfyNode['inputs']): ComfyNode {
  return { class_type, inputs, _meta: { title } };
}

/** What its loaders choose from are files; a name from the hub has slashes and no extension. */
function fileName(model: string): string {
  const name = model.split('/').at(-1)!;
  return /\.(safetensors|ckpt)$/.test(name) ? name : `${name}.safetensors`;
}
