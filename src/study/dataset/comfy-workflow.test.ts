import { describe, expect, it } from 'vitest';
import { datasetRow } from '../../../tests/study/dataset-example.ts';
import { SCHEDULER_NAMES } from '../../diffusion/schedulers/scheduler-names.ts';
import { TIMESTEP_SPACINGS } from '../../diffusion/schedulers/scheduler-settings.ts';
import { type ComfyWorkflow, comfyWorkflow } from './comfy-workflow.ts';

/** What ComfyUI's KSampler offers. */
const SAMPLERS = [
  'euler',
  'euler_ancestral',
  'heun',
  'dpmpp_2m',
  'dpmpp_2m_sde',
  'ddpm',
  'lcm',
  'ipndm',
  'ddim',
  'uni_pc',
];
const SCHEDULES = ['normal', 'karras', 'exponential', 'sgm_uniform', 'simple', 'ddim_uniform'];

function workflowWith(more: Readonly<Record<string, unknown>>): ComfyWorkflow {
  const row = datasetRow();
  return comfyWorkflow({ ...row, settings: { ...row.settings, ...more } });
}

/** Links that lead to no node. */
function brokenLinks(workflow: ComfyWorkflow): unknown[] {
  const inputs = Object.values(workflow).flatMap((node) => Object.values(node.inputs));
  return inputs.filter((input) => Array.isArray(input) && workflow[input[0]] === undefined);
}

describe('comfyWorkflow', () => {
  it('is the usual graph from checkpoint to file', () => {
    const workflow = comfyWorkflow(datasetRow());
    expect(Object.values(workflow).map((node) => node.class_type)).toEqual([
      'CheckpointLoaderSimple',
      'CLIPTextEncode',
      'CLIPTextEncode',
      'EmptyLatentImage',
      'KSampler',
      'VAEDecode',
      'SaveImage',
    ]);
    expect(brokenLinks(workflow)).toEqual([]);
    expect(workflow.checkpoint.inputs.ckpt_name).toBe('stable-diffusion-v1-4.safetensors');
    expect(workflow.latent.inputs).toEqual({ width: 512, height: 512, batch_size: 1 });
    expect(workflow.sampler.inputs).toEqual({
      ...{ seed: 1, steps: 50, cfg: 7.5, denoise: 1, sampler_name: 'ddim', scheduler: 'ddim_uniform' },
      ...{
        model: ['checkpoint', 0],
        positive: ['positive', 0],
        negative: ['negative', 0],
        latent_image: ['latent', 0],
      },
    });
  });

  it('escapes what would be weights, and nothing else', () => {
    const row = datasetRow({ optimizedPrompt: 'a (red) cat [by] "x"', negativePrompt: 'dog (small)' });
    expect(comfyWorkflow(row).positive.inputs.text).toBe('a \\(red\\) cat [by] "x"');
    expect(comfyWorkflow(row).negative.inputs.text).toBe('dog \\(small\\)');
  });

  it('names samplers and schedules that there are', () => {
    for (const scheduler of SCHEDULER_NAMES)
      for (const timestepSpacing of [...TIMESTEP_SPACINGS, null])
        for (const karrasSigmas of [false, true]) {
          const { inputs } = workflowWith({ scheduler, timestepSpacing, karrasSigmas }).sampler;
          expect(SAMPLERS).toContain(inputs.sampler_name);
          expect(SCHEDULES).toContain(inputs.scheduler);
        }
    expect(workflowWith({ scheduler: 'dpm++2m', karrasSigmas: true }).sampler.inputs).toMatchObject({
      sampler_name: 'dpmpp_2m',
      scheduler: 'karras',
    });
  });

  it('puts adapters between the checkpoint and what reads it, one after the other', () => {
    const loras = [
      { name: 'pixel', scale: 0.8, sha256: 'a' },
      { name: 'ink.safetensors', scale: 1, sha256: 'b' },
    ];
    const workflow = workflowWith({ loras });
    expect(brokenLinks(workflow)).toEqual([]);
    expect(workflow.lora1.inputs).toMatchObject({ lora_name: 'pixel.safetensors', model: ['checkpoint', 0] });
    expect(workflow.lora2.inputs).toMatchObject({ lora_name: 'ink.safetensors', model: ['lora1', 0] });
    expect(workflow.sampler.inputs.model).toEqual(['lora2', 0]);
    expect(workflow.negative.inputs.clip).toEqual(['lora2', 1]);
    expect(workflow.decode.inputs.vae).toEqual(['checkpoint', 2]);
  });
});
