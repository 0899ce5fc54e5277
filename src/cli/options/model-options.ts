/** @file Options that say which model, which scorers, and where they run. Declared once, for the help, the command line and configuration files. */
import type { LoraSpec } from '../../checkpoint/lora/apply-loras.ts';
import { choice, flag, numberedChoice, type OptionKind, path, repeated } from '../option-kind.ts';
import type { OptionSpec } from '../option-spec.ts';
import { scaledLora } from '../scaled-lora.ts';

/** A LoRA file and its scale. */
const lora: OptionKind<LoraSpec> = {
  expected:
    'a .safetensors file, and after a colon a number where its scale is not 1, such as style.safetensors:0.7',
  json: 'string',
  read: (text) => scaledLora(text),
};

export const MODEL_OPTION_SPECS = {
  model: {
    group: 'Model:',
    placeholder: 'PATH|NAME',
    description:
      'a folder in the diffusers layout, a whole model in one .safetensors file, or a name on the hub, such as org/name or org/name@revision',
    default: 'the small embedded one',
    kind: path,
  },
  scorer: {
    group: 'Model:',
    placeholder: 'PATH|NAME[:WEIGHT]',
    description:
      'the CLIP that compares pictures with the prompt: its folder, a .safetensors file, or its name on the hub; give it several times to add their losses',
    default: "the model's own folder scorer/",
    kind: repeated(path),
  },
  loss: {
    group: 'Model:',
    placeholder: 'NAME',
    description: 'how a CLIP measures: spherical (half the squared angle) or cosine (1 − cosine)',
    default: 'spherical',
    kind: choice(['spherical', 'cosine']),
  },
  variant: {
    group: 'Model:',
    placeholder: 'NAME',
    description: 'precision of the weights to prefer where the model comes in several: fp16 or bf16',
    default: 'full precision',
    kind: choice(['fp16', 'bf16']),
  },
  lora: {
    group: 'Model:',
    placeholder: 'FILE|NAME[:SCALE]',
    description:
      'merge a LoRA into the weights, by so much: a .safetensors file, or its name on the hub, org/name/file; may be given several times',
    default: 'none; the scale is 1',
    kind: repeated(lora),
  },
  pipelineConfig: {
    group: 'Model:',
    placeholder: 'DIR',
    description: 'for a model in one file: take configuration, scheduler and tokenizer from this folder',
    default: "the family's published ones",
    kind: path,
  },
  predictionType: {
    group: 'Model:',
    placeholder: 'NAME',
    description: 'what the UNet predicts: epsilon (noise) or v_prediction (velocity)',
    default: 'what the model says',
    kind: choice(['epsilon', 'v_prediction']),
  },
  device: {
    group: 'Model:',
    placeholder: 'NAME',
    description:
      'where to compute: auto, cpu, cuda, webgpu, coreml or directml; cuda:1 and directml:1 are the second GPU',
    default: 'auto',
    kind: numberedChoice(['auto', 'cpu', 'cuda', 'webgpu', 'coreml', 'directml'], ['cuda', 'directml']),
  },
  precision: {
    group: 'Model:',
    placeholder: 'NAME',
    description: 'what the UNet computes in: float32, float16 or auto (float16 on GPUs, else float32)',
    default: 'auto',
    kind: choice(['auto', 'float32', 'float16']),
  },
  memory: {
    group: 'Model:',
    placeholder: 'MODE',
    description:
      'fast (weights unpacked), balanced (weights stay on disk), low (besides, one program open at a time) or auto (balanced for large models, else fast; less where that would not fit)',
    default: 'auto',
    kind: choice(['auto', 'fast', 'balanced', 'low']),
  },
  ignoreMemory: {
    group: 'Model:',
    description: 'start a run that does not seem to fit into the memory that there is',
    kind: flag,
  },
  allowDistilled: {
    group: 'Model:',
    description: 'the model takes guidance, although it looks guidance-distilled (Turbo, Lightning, LCM)',
    kind: flag,
  },
} as const satisfies Record<string, OptionSpec<unknown>>;
