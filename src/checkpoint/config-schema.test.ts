/** @file The configurations that released models really have, and what must not pass in silence. */
import { describe, expect, it } from 'vitest';
import { DpoError } from '../errors.ts';
import { parseClipConfig } from './clip-config.ts';
import { parsePreprocessorConfig } from './preprocessor-config.ts';
import { parseSchedulerConfig } from './scheduler-config.ts';
import { parseTextEncoderConfig } from './text-encoder-config.ts';
import { parseUnetConfig } from './unet-config.ts';
import { parseVaeConfig } from './vae-config.ts';

function refusal(action: () => unknown): DpoError {
  try {
    action();
  } catch (error) {
    if (error instanceof DpoError) return error;
    throw error;
  }
  throw new Error('It was accepted');
}

// What Stable Diffusion 1.4 says of itself; later keys are absent from files of that time.
const sd14Unet = {
  _class_name: 'UNet2DConditionModel',
  act_fn: 'silu',
  attention_head_dim: 8,
  block_out_channels: [320, 640, 1280, 1280],
  center_input_sample: false,
  cross_attention_dim: 768,
  down_block_types: ['CrossAttnDownBlock2D', 'CrossAttnDownBlock2D', 'CrossAttnDownBlock2D', 'DownBlock2D'],
  downsample_padding: 1,
  flip_sin_to_cos: true,
  freq_shift: 0,
  in_channels: 4,
  layers_per_block: 2,
  mid_block_scale_factor: 1,
  norm_eps: 1e-5,
  norm_num_groups: 32,
  out_channels: 4,
  sample_size: 64,
  up_block_types: ['UpBlock2D', 'CrossAttnUpBlock2D', 'CrossAttnUpBlock2D', 'CrossAttnUpBlock2D'],
};

describe('parseUnetConfig()', () => {
  const parse = (changes: object) => parseUnetConfig({ ...sd14Unet, ...changes }, 'unet/config.json');

  it('reads SD 1.4, whose attention_head_dim is a number of heads', () => {
    expect(parse({})).toMatchObject({
      heads: [8, 8, 8, 8],
      transformerLayersPerBlock: [1, 1, 1, 1],
      crossAttentionDim: 768,
      useLinearProjection: false,
      midBlockType: 'UNetMidBlock2DCrossAttn',
    });
  });

  it('reads heads and transformer layers per level (SD 2, SDXL)', () => {
    const unet = parse({ attention_head_dim: [5, 10, 20, 20], transformer_layers_per_block: [1, 1, 2, 10] });
    expect(unet.heads).toEqual([5, 10, 20, 20]);
    expect(unet.transformerLayersPerBlock).toEqual([1, 1, 2, 10]);
  });

  it.each([
    [{ act_fn: 'gelu' }, 'act_fn', '"gelu"', '"silu"'],
    [{ class_embed_type: 'timestep' }, 'class_embed_type', '"timestep"', 'null'],
    [{ num_class_embeds: 1000 }, 'num_class_embeds', '1000', 'null'],
    [{ resnet_time_scale_shift: 'scale_shift' }, 'resnet_time_scale_shift', '"scale_shift"', '"default"'],
    [{ only_cross_attention: [true, false] }, 'only_cross_attention', '[true,false]', 'false'],
    [{ mid_block_type: 'UNetMidBlock2D' }, 'mid_block_type', '"UNetMidBlock2D"', '"UNetMidBlock2DCrossAttn"'],
    [
      { down_block_types: ['ResnetDownsampleBlock2D'] },
      'down_block_types',
      'ResnetDownsample',
      '"DownBlock2D"',
    ],
    [{ time_cond_proj_dim: 256 }, 'time_cond_proj_dim', '256', 'the model is guidance-distilled (LCM)'],
    [{ addition_embed_type: 'image' }, 'addition_embed_type', '"image"', '"text_time"'],
    [{ _class_name: 'FluxTransformer2DModel' }, '_class_name', 'Flux', 'UNet2DConditionModel'],
  ])('refuses %j by name, with what is accepted', (changes, ...parts) => {
    const error = refusal(() => parse(changes));
    expect(error.code).toBe('UNSUPPORTED_MODEL');
    for (const part of [...parts, 'unet/config.json']) expect(error.message).toContain(part);
  });

  it('names all refused keys at once', () => {
    expect(refusal(() => parse({ act_fn: 'gelu', conv_in_kernel: 5 })).details.keys).toEqual([
      'act_fn',
      'conv_in_kernel',
    ]);
  });

  it.each([
    [{ attention_head_dim: [8, 8] }, /"attention_head_dim" has 2 entries/],
    [{ norm_num_groups: 48 }, /"norm_num_groups" \(48\)/],
    [{ up_block_types: ['UpBlock2D'] }, /"up_block_types" has 1 entries/],
    [{ in_channels: 'four' }, /"in_channels" is "four"/],
    [{ layers_per_block: [1, 2] }, /"layers_per_block" is \[1,2\]/],
    [{ block_out_channels: [320, -5] }, /"block_out_channels.1" is -5/],
    [{ attention_head_dim: 7 }, /"attention_head_dim" \(7\)/],
  ])('says what is wrong with %j', (changes, message) => {
    const error = refusal(() => parse(changes));
    expect(error.code).toBe('INVALID_CHECKPOINT');
    expect(error.message).toMatch(message);
  });

  it.each([[null], [[]], ['text'], [3]])('refuses %j, which is no object', (json) => {
    expect(refusal(() => parseUnetConfig(json, 'f')).message).toMatch(/JSON object/);
  });
});

describe('parseVaeConfig()', () => {
  const sd14Vae = {
    _class_name: 'AutoencoderKL',
    act_fn: 'silu',
    block_out_channels: [128, 256, 512, 512],
    layers_per_block: 2,
    sample_size: 512,
    up_block_types: ['UpDecoderBlock2D', 'UpDecoderBlock2D', 'UpDecoderBlock2D', 'UpDecoderBlock2D'],
  };

  it('fills in what files of 2022 leave out', () => {
    expect(parseVaeConfig(sd14Vae, 'f')).toMatchObject({
      scalingFactor: 0.18215,
      latentChannels: 4,
      normNumGroups: 32,
      usePostQuantConv: true,
      midBlockAddAttention: true,
    });
  });

  it('refuses what it does not decode', () => {
    expect(refusal(() => parseVaeConfig({ ...sd14Vae, shift_factor: 0.1159 }, 'f')).message).toMatch(
      /"shift_factor"/,
    );
    expect(refusal(() => parseVaeConfig({ _class_name: 'AutoencoderTiny' }, 'f')).message).toMatch(
      /AutoencoderTiny/,
    );
    const types = ['UpDecoderBlock2D', 'AttnUpDecoderBlock2D', 'UpDecoderBlock2D', 'UpDecoderBlock2D'];
    expect(refusal(() => parseVaeConfig({ ...sd14Vae, up_block_types: types }, 'f')).message).toMatch(
      /AttnUp/,
    );
    const long = types.with(1, 'x'.repeat(5000));
    expect(
      refusal(() => parseVaeConfig({ ...sd14Vae, up_block_types: long }, 'f')).message.length,
    ).toBeLessThan(300);
    expect(
      refusal(() => parseVaeConfig({ ...sd14Vae, up_block_types: types.slice(2) }, 'f')).message,
    ).toMatch(/2 entries/);
    expect(refusal(() => parseVaeConfig({ ...sd14Vae, norm_num_groups: 48 }, 'f')).message).toMatch(/48/);
  });
});

describe('parseSchedulerConfig()', () => {
  const sd14Scheduler = {
    _class_name: 'PNDMScheduler',
    beta_end: 0.012,
    beta_schedule: 'scaled_linear',
    beta_start: 0.00085,
    num_train_timesteps: 1000,
    set_alpha_to_one: false,
    skip_prk_steps: true,
    steps_offset: 1,
    trained_betas: null,
  };

  it('takes the betas of any scheduler, and does not clip where its class cannot', () => {
    expect(parseSchedulerConfig(sd14Scheduler, 'f')).toEqual({
      className: 'PNDMScheduler',
      numTrainTimesteps: 1000,
      betaStart: 0.00085,
      betaEnd: 0.012,
      betaSchedule: 'scaled_linear',
      trainedBetas: undefined,
      predictionType: 'epsilon',
      stepsOffset: 1,
      setAlphaToOne: false,
      clipSample: false,
      clipSampleRange: 1,
      timestepSpacing: undefined,
      rescaleBetasZeroSnr: false,
      own: { given: {}, refused: [] },
    });
  });

  it('clips by default where DDIM would', () => {
    expect(parseSchedulerConfig({ ...sd14Scheduler, _class_name: 'DDIMScheduler' }, 'f').clipSample).toBe(
      true,
    );
  });

  it.each([
    [{ thresholding: true }, /"thresholding" is true, accepted: false/],
    [{ prediction_type: 'sample' }, /"prediction_type" is "sample", accepted: "epsilon" or "v_prediction"/],
    [{ beta_schedule: 'sigmoid' }, /"beta_schedule"/],
    [{ trained_betas: [0.1, 0.2] }, /trained_betas/],
    [{ num_train_timesteps: 1e12 }, /num_train_timesteps/],
  ])('refuses %j', (changes, message) => {
    expect(refusal(() => parseSchedulerConfig({ ...sd14Scheduler, ...changes }, 'f')).message).toMatch(
      message,
    );
  });

  it('refuses a scheduler that is not defined by betas', () => {
    const json = { _class_name: 'FlowMatchEulerDiscreteScheduler', shift: 3 };
    expect(refusal(() => parseSchedulerConfig(json, 'f'))).toMatchObject({ code: 'UNSUPPORTED_MODEL' });
  });
});

describe('parseTextEncoderConfig()', () => {
  it("fills in Hugging Face's defaults", () => {
    const config = parseTextEncoderConfig(
      { hidden_size: 768, num_attention_heads: 12, projection_dim: null },
      'f',
    );
    expect(config).toEqual({
      vocabSize: 49408,
      maxPositionEmbeddings: 77,
      hiddenSize: 768,
      intermediateSize: 2048,
      numAttentionHeads: 12,
      numHiddenLayers: 12,
      hiddenAct: 'quick_gelu',
      layerNormEps: 1e-5,
      bosTokenId: 49406,
      eosTokenId: 49407,
      padTokenId: 1,
      projectionDim: 512,
    });
  });

  it('refuses other encoders and activations by name', () => {
    expect(refusal(() => parseTextEncoderConfig({ model_type: 't5' }, 'f')).message).toMatch(
      /"t5", accepted: "clip_text/,
    );
    expect(refusal(() => parseTextEncoderConfig({ hidden_act: 'relu' }, 'f')).message).toMatch(
      /"relu", accepted: "quick/,
    );
    expect(refusal(() => parseTextEncoderConfig({ num_attention_heads: 7 }, 'f')).message).toMatch(
      /multiple/,
    );
  });
});

describe('parseClipConfig()', () => {
  it('merges the two descriptions of a tower that old files hold', () => {
    const config = parseClipConfig(
      {
        model_type: 'clip',
        projection_dim: 768,
        text_config: null,
        text_config_dict: { hidden_size: 768, num_attention_heads: 12 },
        vision_config: { hidden_size: 64, patch_size: 14 },
        vision_config_dict: { hidden_size: 1024, num_attention_heads: 16 },
      },
      'f',
    );
    expect(config.text).toMatchObject({ hiddenSize: 768, numAttentionHeads: 12, numHiddenLayers: 12 });
    expect(config.vision).toMatchObject({ hiddenSize: 1024, patchSize: 14, imageSize: 224, numChannels: 3 });
    expect(config.projectionDim).toBe(768);
  });

  it('names the tower that it refuses', () => {
    const error = refusal(() => parseClipConfig({ vision_config: { hidden_act: 'gelu_new' } }, 'f'));
    expect(error.message).toMatch(/"gelu_new".*vision_config/);
    expect(refusal(() => parseClipConfig({ model_type: 'siglip' }, 'f')).message).toMatch(/"siglip"/);
    expect(refusal(() => parseClipConfig({ text_config: 5 }, 'f')).message).toMatch(/text_config/);
  });
});

describe('parsePreprocessorConfig()', () => {
  it('reads sizes as numbers or objects', () => {
    const object = parsePreprocessorConfig(
      { size: { shortest_edge: 64 }, crop_size: { height: 64, width: 64 } },
      'f',
    );
    const number = parsePreprocessorConfig({ size: 64, crop_size: 64, resample: 3 }, 'f');
    expect(object).toEqual(number);
    expect(number).toMatchObject({ size: 64, cropSize: { height: 64, width: 64 }, resample: 'bicubic' });
  });

  it('reads two sides, to which a picture is stretched', () => {
    const config = parsePreprocessorConfig({ size: { height: 224, width: 224 } }, 'f');
    expect(config.size).toEqual({ height: 224, width: 224 });
  });

  it.each(['CLIPImageProcessor', 'CLIPImageProcessorFast', 'CLIPImageProcessorPil'])('takes a %s', (name) => {
    expect(parsePreprocessorConfig({ image_processor_type: name, size: 224 }, 'f').size).toBe(224);
  });

  it("falls back to CLIP's own statistics and the tower's size", () => {
    const config = parsePreprocessorConfig({}, 'f', 336);
    expect(config).toMatchObject({ size: 336, cropSize: { height: 336, width: 336 } });
    expect(config.imageMean[0]).toBe(0.48145466);
  });

  it.each([
    [{ do_resize: false }],
    [{ resample: 0 }],
    [{ image_processor_type: 'SiglipImageProcessor' }],
    [{ size: { longest_edge: 224 } }],
    [{ image_std: [1, 1, 0] }],
    [{ image_mean: [0.5] }],
    [{ rescale_factor: 1 / 127.5 }],
  ])('refuses %j', (json) => {
    expect(refusal(() => parsePreprocessorConfig(json, 'f')).message).toContain(Object.keys(json)[0]);
  });
});

describe('a configuration that is wrong beyond measure', () => {
  const parse = (change: object) => parseUnetConfig(change, 'config.json');

  it('is refused by its first five faults', () => {
    const wrong = { block_out_channels: Array(2000).fill('x') };
    expect(() => parse(wrong)).toThrow(/"block_out_channels\.4" is "x" \([^)]*\); and 1995 more\.$/);
  });

  it('is refused by the length of its lists, before each entry is looked at', () => {
    const long = { down_block_types: Array(10_001).fill({}) };
    expect(() => parse(long)).toThrow('"down_block_types" lists 10001 entries, more than 10000.');
  });

  it('is shown in part, however deep it is', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 50_000; level++) deep = [deep];
    expect(() => parse({ act_fn: deep })).toThrow('"act_fn" is [[[[...]]]], accepted: "silu"');
    expect(() => parse({ in_channels: deep })).toThrow('"in_channels" is [[[[...]]]]');
  });
});

describe('a text encoder', () => {
  it('has room for a word, and not for a billion', () => {
    const parse = (positions: number) =>
      parseTextEncoderConfig({ max_position_embeddings: positions }, 'config.json');
    expect(parse(3).maxPositionEmbeddings).toBe(3);
    for (const positions of [2, 2 ** 14 + 1, 1e9])
      expect(() => parse(positions)).toThrow('"max_position_embeddings"');
  });
});
