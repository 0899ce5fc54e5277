import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distillationOf } from './distilled-model.ts';

const ORDINARY = { name: 'stable-diffusion-v1-4', schedulerClass: 'PNDMScheduler', loraNames: [] };

describe('distillationOf()', () => {
  it.each([
    ['stabilityai/sd-turbo', 'turbo'],
    ['sdxl-turbo', 'turbo'],
    ['ByteDance/SDXL-Lightning', 'Lightning'],
    ['sdxl_lightning_4step.safetensors', 'lightning'],
    ['/models/sdxl_lightning_4step_unet.safetensors', 'lightning'],
    ['SimianLuo/LCM_Dreamshaper_v7', 'LCM'],
    ['latent-consistency/lcm-lora-sdv1-5', 'lcm'],
    ['dreamshaperXL_v21TurboDPMSDE.safetensors', 'Turbo'],
    ['dreamshaperXL_lightningDPMSDE.safetensors', 'lightning'],
    ['juggernautXL_v9Rdphoto2Lightning.safetensors', 'Lightning'],
    ['realvisxlV40_v40LightningBakedvae', 'Lightning'],
    ['RealVisXL_V4.0_Lightning', 'Lightning'],
    ['DreamShaperXL_Turbo_v2', 'Turbo'],
    ['turbovisionxlSuperFastXLBasedOnNew_tvxlV431Bakedvae', 'turbovisionxl'],
    ['ByteDance/Hyper-SD', 'Hyper-SD'],
    ['Hyper-SD15-4steps-lora', 'Hyper-SD15'],
    ['Hyper-SDXL-1step-Unet.safetensors', 'Hyper-SDXL'],
    ['h1t/TCD-SDXL-LoRA', 'TCD'],
    ['tianweiy/DMD2', 'DMD2'],
    ['dmd2_sdxl_4step_unet_fp16', 'dmd2'],
    ['black-forest-labs/FLUX.1-schnell', 'schnell'],
    ['IDKiro/sdxs-512-0.9', 'sdxs'],
    ['jasperai/flash-sdxl', 'flash-sdxl'],
    ['model-Turbo', 'Turbo'],
  ])('knows %s by its name', (name, sign) => {
    const expected = { by: 'name', found: name, sign };
    expect(distillationOf({ ...ORDINARY, name })).toEqual(expected);
    const lora = distillationOf({ ...ORDINARY, loraNames: ['style', name] });
    expect(lora).toEqual({ ...expected, by: 'lora' });
  });

  it.each([
    'CompVis/stable-diffusion-v1-4',
    'stabilityai/stable-diffusion-xl-base-1.0',
    'turbocharged',
    'outcd',
    'hyperrealism_v2',
    'hyper realistic',
    'lightningbolt',
    'segmind/tiny-sd',
    'segmind/SSD-1B',
    'sd-community/sdxl-flash',
    'Hyper-SDXL-8steps-CFG-lora.safetensors',
    'Hyper-SD15-12steps-CFG-lora',
    'lightning-lab/landscape',
    '/models/turbo/plain-model',
    'pocket',
    '',
  ])('takes %s for an ordinary model', (name) => {
    expect(distillationOf({ ...ORDINARY, name, loraNames: [name] })).toBeUndefined();
  });

  it('knows the schedulers of consistency models, and not Euler with trailing timesteps', () => {
    for (const schedulerClass of ['LCMScheduler', 'TCDScheduler']) {
      const expected = { by: 'scheduler', found: schedulerClass, sign: schedulerClass };
      expect(distillationOf({ ...ORDINARY, schedulerClass })).toEqual(expected);
    }
    for (const schedulerClass of ['EulerDiscreteScheduler', 'EulerAncestralDiscreteScheduler']) {
      expect(distillationOf({ ...ORDINARY, schedulerClass })).toBeUndefined();
    }
  });

  it('does not stumble over any name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const found = distillationOf({ ...ORDINARY, name });
        expect(found === undefined || name.length > 0).toBe(true);
      }),
    );
  });
});
