import { describe, expect, it } from 'vitest';
import { type Need, neededForFile, neededForPipeline, neededForScorer } from './needed-files.ts';

const CONFIGS = [
  'model_index.json',
  'tokenizer/vocab.json',
  'tokenizer/merges.txt',
  'tokenizer/special_tokens_map.json',
  'tokenizer/tokenizer_config.json',
  'scheduler/scheduler_config.json',
  'text_encoder/config.json',
  'vae/config.json',
  'unet/config.json',
];
const WEIGHTS = [
  'text_encoder/model.safetensors',
  'vae/diffusion_pytorch_model.safetensors',
  'unet/diffusion_pytorch_model.safetensors',
];
const HALVES = WEIGHTS.map((path) => path.replace('.safetensors', '.fp16.safetensors'));
const UNWANTED = [
  'README.md',
  'v1-5-pruned.safetensors',
  'v1-5-pruned.ckpt',
  'safety_checker/config.json',
  'safety_checker/model.safetensors',
  'feature_extractor/preprocessor_config.json',
  'unet/diffusion_pytorch_model.bin',
  'unet/diffusion_flax_model.msgpack',
  'unet/model.onnx',
  'text_encoder/openvino_model.xml',
];
const INDEX = { unet: ['diffusers', 'UNet2DConditionModel'], safety_checker: ['stable_diffusion', 'X'] };
const MODEL: Need = { role: 'model' };

const pipeline = (names: readonly string[], need: Need = MODEL, index: object = INDEX) =>
  neededForPipeline(new Set(names), { ...index }, need);

describe('neededForPipeline()', () => {
  it('takes configurations, tokenizer and one file of weights each', () => {
    const { small, weights, missing } = pipeline([...UNWANTED, ...HALVES, ...CONFIGS, ...WEIGHTS]);
    expect([...small].sort()).toEqual([...CONFIGS].sort());
    expect(weights).toEqual(WEIGHTS);
    expect(missing).toEqual([]);
  });

  it('prefers the variant, and takes what there is where it lacks', () => {
    const need = { ...MODEL, variant: 'fp16' } as const;
    expect(pipeline([...CONFIGS, ...WEIGHTS, ...HALVES], need).weights).toEqual(HALVES);
    const mixed = pipeline([...CONFIGS, ...WEIGHTS, HALVES[2]], need);
    expect(mixed.weights).toEqual([WEIGHTS[0], WEIGHTS[1], HALVES[2]]);
    expect(mixed.absent).toContain(HALVES[0]);
    expect(pipeline([...CONFIGS, ...HALVES]).weights).toEqual(HALVES);
    expect(pipeline([...CONFIGS, ...WEIGHTS], { ...MODEL, variant: 'bf16' }).weights).toEqual(WEIGHTS);
  });

  it('takes the list of shards where the weights are in several files', () => {
    const list = 'unet/diffusion_pytorch_model.safetensors.index.json';
    const { small, weights, shardLists } = pipeline([...CONFIGS, WEIGHTS[0], WEIGHTS[1], list]);
    expect(shardLists).toEqual([list]);
    expect(small).toContain(list);
    expect(weights).toEqual([WEIGHTS[0], WEIGHTS[1]]);
  });

  it('takes both text encoders of a model that has two', () => {
    const second = [
      'text_encoder_2/config.json',
      'text_encoder_2/model.safetensors',
      'tokenizer_2/vocab.json',
      'tokenizer_2/merges.txt',
    ];
    const index = { ...INDEX, text_encoder_2: ['transformers', 'X'], tokenizer_2: ['transformers', 'X'] };
    const { small, weights } = pipeline([...CONFIGS, ...WEIGHTS, ...second], MODEL, index);
    expect([...small, ...weights]).toEqual(expect.arrayContaining(second));
    expect(
      pipeline([...CONFIGS, ...WEIGHTS, ...second], MODEL, { ...INDEX, text_encoder_2: [null, null] })
        .weights,
    ).toEqual(WEIGHTS);
  });

  it('takes no weights for words', () => {
    const { small, weights } = pipeline([...CONFIGS, ...WEIGHTS], { role: 'words' });
    expect(weights).toEqual([]);
    expect([...small].sort()).toEqual([...CONFIGS].sort());
  });

  it('takes the model’s own scorer where it is wanted', () => {
    const scorer = ['scorer/config.json', 'scorer/preprocessor_config.json', 'scorer/model.safetensors'];
    const all = [...CONFIGS, ...WEIGHTS, ...scorer];
    expect(pipeline(all).weights).toEqual(WEIGHTS);
    const own = pipeline(all, { ...MODEL, ownScorer: true });
    expect([...own.small, ...own.weights]).toEqual(expect.arrayContaining(scorer));
    expect(pipeline([...CONFIGS, ...WEIGHTS], { ...MODEL, ownScorer: true }).missing).toEqual([
      'scorer/config.json',
    ]);
  });

  it('says what is missing, and which pickled files stand in its place', () => {
    const pickled = 'unet/diffusion_pytorch_model.bin';
    const found = pipeline([...CONFIGS.slice(1), WEIGHTS[0], WEIGHTS[1], pickled, 'unet/deep/other.bin']);
    expect(found).toMatchObject({ missing: [WEIGHTS[2]], pickled: [pickled] });
    const bare = pipeline(['model_index.json']);
    expect(bare.missing).toContain('tokenizer/vocab.json and tokenizer/merges.txt');
    expect(bare.missing).toContain('scheduler/scheduler_config.json');
  });
});

describe('neededForScorer()', () => {
  it('takes a CLIP of either layout', () => {
    const names = [
      'config.json',
      'preprocessor_config.json',
      'tokenizer.json',
      'model.safetensors',
      'pytorch_model.bin',
    ];
    const clip = neededForScorer(new Set(names), { role: 'scorer' });
    expect(clip).toMatchObject({ weights: ['model.safetensors'], missing: [] });
    expect(clip.small).toEqual(['config.json', 'preprocessor_config.json', 'tokenizer.json']);
    const open = neededForScorer(new Set(['open_clip_config.json', 'open_clip_model.safetensors']), {
      role: 'scorer',
    });
    expect(open).toMatchObject({ weights: ['open_clip_model.safetensors'], missing: [] });
  });

  it('refuses one that is pickled', () => {
    const found = neededForScorer(new Set(['config.json', 'HPS_v2_compressed.pt']), { role: 'scorer' });
    expect(found).toMatchObject({ missing: ['model.safetensors'], pickled: ['HPS_v2_compressed.pt'] });
  });
});

it('neededForFile() takes the file alone', () => {
  expect(neededForFile(new Set(['a.safetensors', 'config.json']), 'a.safetensors').weights).toEqual([
    'a.safetensors',
  ]);
  expect(neededForFile(new Set(['config.json']), 'a.safetensors').missing).toEqual(['a.safetensors']);
});
