import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { inOpenClip } from '../../tests/models/in-open-clip.ts';
import { relativeError } from '../../tests/models/run-graph.ts';
import { openSd1Fixture } from '../../tests/models/sd1-fixture.ts';
import { ClipScorer } from '../diffusion/clip-scorer.ts';
import { ProgramTable } from '../diffusion/program-table.ts';
import { createOrtExecutor } from '../runtime/onnxruntime/ort-executor.ts';
import { type FloatTensor, floatTensor } from '../tensor/tensor.ts';
import { openClipModel } from './clip-model.ts';
import { ClipTokenizer } from './clip-tokenizer.ts';
import { writeSafetensors } from './safetensors.ts';

const { model, scorer, known } = await openSd1Fixture();
const { tokenizer } = model;
const root = await mkdtemp(join(tmpdir(), 'dpo-diff-clip-'));
const executor = createOrtExecutor({ threads: 1 });
afterAll(async () => {
  await executor.release();
  await rm(root, { recursive: true });
});

const PROMPT = JSON.parse(await readFile(join(model.dir, 'reference.json'), 'utf8')).prompt as string;
const WEIGHTS = await inOpenClip(scorer.weights);

/** The configuration that OpenCLIP would write of the fixture. */
const CONFIG = {
  model_cfg: {
    embed_dim: 24,
    quick_gelu: true,
    vision_cfg: { image_size: 32, layers: 2, width: 64, patch_size: 8 },
    text_cfg: { context_length: 77, vocab_size: 914, width: 32, heads: 2, layers: 2 },
  },
  preprocess_cfg: {
    mean: [0.48145466, 0.4578275, 0.40821073],
    std: [0.26862954, 0.26130258, 0.27577711],
    interpolation: 'bicubic',
    resize_mode: 'shortest',
  },
};

interface Contents {
  readonly file?: string;
  readonly prefix?: string;
  readonly config?: unknown;
  readonly change?: (weights: Map<string, FloatTensor>) => void;
}

/** A folder with the fixture's scorer under OpenCLIP's names. */
async function folderWith({ file = 'open_clip_model.safetensors', prefix = '', config, change }: Contents) {
  const dir = await mkdtemp(join(root, 'model-'));
  const weights = new Map([...WEIGHTS].map(([key, value]) => [prefix + key, value]));
  change?.(weights);
  await writeSafetensors(join(dir, file), weights);
  if (config !== undefined) await writeFile(join(dir, 'open_clip_config.json'), JSON.stringify(config));
  return dir;
}

async function embeddings(path: string) {
  const clip = new ClipScorer(await openClipModel(path, tokenizer), new ProgramTable(executor));
  return {
    text: await clip.textEmbedding(PROMPT),
    image: await clip.imageEmbedding(known('image')),
    loss: await clip.losses(known('image'), PROMPT),
  };
}

describe('a model under the names of OpenCLIP', () => {
  it.each([
    ['as it is published', {}],
    [
      'wrapped by a trainer, all logit scales among its tensors',
      {
        prefix: 'module.',
        change: (weights: Map<string, FloatTensor>) =>
          weights.set('module.logit_scale', floatTensor([], [4.6])),
      },
    ],
    ['under its old name', { file: 'open_clip_pytorch_model.safetensors', prefix: 'model.' }],
  ])("gives PyTorch's embeddings and loss, %s", async (_, contents) => {
    const { text, image, loss } = await embeddings(await folderWith({ config: CONFIG, ...contents }));
    expect(relativeError(text, known('scorer.text'))).toBeLessThan(1e-4);
    expect(relativeError(image, known('scorer.image'))).toBeLessThan(1e-4);
    expect(loss[0]).toBeCloseTo(known('loss').data[0]!, 5);
  });

  it('can be one file, with its configuration beside it', async () => {
    const dir = await folderWith({ file: 'HPS.safetensors', config: CONFIG });
    const file = join(dir, 'HPS.safetensors');
    const opened = await openClipModel(file, tokenizer);
    expect(opened).toMatchObject({ dir: file, name: 'HPS', config: { vision: scorer.config.vision } });
    expect(relativeError((await embeddings(file)).image, known('scorer.image'))).toBeLessThan(1e-4);
  });

  it('is told from its shapes without a configuration, with the activation that laion and HPSv2 use', async () => {
    const change = (weights: Map<string, FloatTensor>) => {
      // The text tower of the fixture is narrower than one head of a released one.
      for (const key of weights.keys())
        if (/^(transformer|ln_final|text_proj|token_|positional)/.test(key)) weights.delete(key);
      for (const [key, value] of textTower(64)) weights.set(key, value);
    };
    const { config, preprocessor } = await openClipModel(await folderWith({ change }), tokenizer);
    expect(config.vision).toEqual({ ...scorer.config.vision, hiddenAct: 'gelu' });
    expect(config.text).toMatchObject({
      hiddenSize: 64,
      numAttentionHeads: 1,
      numHiddenLayers: 1,
      hiddenAct: 'gelu',
    });
    expect(config.text).toMatchObject({ intermediateSize: 128, vocabSize: 914, eosTokenId: 913 });
    expect(preprocessor).toEqual(scorer.preprocessor);
  });

  it.each([
    [
      { vision_cfg: { ...CONFIG.model_cfg.vision_cfg, timm_model_name: 'vit_base' } },
      /"timm_model_name" is "vit_base"/,
    ],
    [{ vision_cfg: { global_average_pool: true } }, /"global_average_pool" is true/],
    [{ text_cfg: { hf_model_name: 'xlm-roberta-base' } }, /"hf_model_name"/],
    [{ text_cfg: { no_causal_mask: true } }, /"no_causal_mask"/],
    [{ multimodal_cfg: {} }, /"multimodal_cfg"/],
    [{ vision_cfg: { layers: [3, 4, 6, 3] } }, /"layers" is \[3,4,6,3\]/],
    [
      { vision_cfg: { ...CONFIG.model_cfg.vision_cfg, width: 768 } },
      /vision width is 768, the weights have 64/,
    ],
    [
      { vision_cfg: { ...CONFIG.model_cfg.vision_cfg, image_size: 64 } },
      /vision imageSize is 64, the weights have 32/,
    ],
    [{ text_cfg: { ...CONFIG.model_cfg.text_cfg, heads: 5 } }, /no whole number of heads/],
    [{ embed_dim: 512 }, /embedDim is 512, the weights have 24/],
  ])('is refused where its configuration says %j', async (changes, message) => {
    const dir = await folderWith({ config: { ...CONFIG, model_cfg: { ...CONFIG.model_cfg, ...changes } } });
    await expect(openClipModel(dir, tokenizer)).rejects.toThrow(message);
    await expect(openClipModel(dir, tokenizer)).rejects.toMatchObject({ isUserError: true });
  });

  it.each([
    ['visual.class_embedding', undefined, /it has no tensor "visual.class_embedding"/],
    ['visual.class_embedding', 'visual.layer1.0.conv1.weight', /its vision tower is a ResNet/],
    ['visual.proj', undefined, /has no tensor "visual.proj"/],
    ['visual.ln_pre.weight', 'visual.attn_pool.probe', /a relative of CLIP/],
    ['visual.class_embedding', 'vision_model.embeddings.class_embedding', /give the folder/],
  ])('is refused without %s and with %s', async (without, instead, message) => {
    const change = (weights: Map<string, FloatTensor>) => {
      const value = weights.get(without)!;
      weights.delete(without);
      if (instead !== undefined) weights.set(instead, value);
    };
    await expect(openClipModel(await folderWith({ change }), tokenizer)).rejects.toThrow(message);
  });
});

describe('the layout of Hugging Face', () => {
  /** The fixture's scorer without some of its files. */
  async function without(...names: readonly string[]) {
    const dir = await mkdtemp(join(root, 'hf-'));
    await cp(scorer.dir, dir, {
      recursive: true,
      filter: (path) => !names.some((name) => path.endsWith(name)),
    });
    return dir;
  }

  it('needs neither a tokenizer nor a preparation of its own: PickScore has none', async () => {
    const opened = await openClipModel(await without('preprocessor_config.json'), tokenizer);
    expect(opened.preprocessor).toEqual(scorer.preprocessor);
    expect(opened.tokenizer.tokenize(PROMPT)).toEqual(tokenizer.tokenize(PROMPT));
  });

  it('may keep the preparation in processor_config.json', async () => {
    const dir = await without('preprocessor_config.json');
    const image = {
      image_processor_type: 'CLIPImageProcessorFast',
      size: { shortest_edge: 48 },
      resample: 2,
    };
    await writeFile(join(dir, 'processor_config.json'), JSON.stringify({ image_processor: image }));
    const { preprocessor } = await openClipModel(dir, tokenizer);
    expect(preprocessor).toMatchObject({
      size: 48,
      resample: 'bilinear',
      cropSize: { height: 32, width: 32 },
    });
  });

  it('comes first where a folder holds both, unless its files are those of another model', async () => {
    const dir = await without();
    await writeSafetensors(join(dir, 'open_clip_model.safetensors'), WEIGHTS);
    expect((await openClipModel(dir, tokenizer)).weights.find('text_projection.weight')?.shape).toEqual([
      24, 32,
    ]);
    await writeFile(join(dir, 'config.json'), JSON.stringify({ architecture: 'vit_base_patch32_clip_224' }));
    await writeFile(join(dir, 'open_clip_config.json'), JSON.stringify(CONFIG));
    expect((await openClipModel(dir, tokenizer)).weights.find('text_projection')?.shape).toEqual([32, 24]);
  });

  it('refuses a tokenizer of another vocabulary', async () => {
    await expect(openClipModel(scorer.dir)).rejects.toThrow(/holds no tokenizer: expected vocab.json/);
    const other = await ClipTokenizer.load(join(import.meta.dirname, '../../pocket/model/tokenizer'));
    await expect(openClipModel(scorer.dir, other)).rejects.toThrow(
      /the text encoder's own has 825 tokens, and this scorer reads 914/,
    );
  });
});

describe('what is no CLIP model', () => {
  it('is refused with a way out', async () => {
    const file = join(root, 'HPS_v2.1_compressed.pt');
    await writeFile(file, 'pickled');
    const wayOut =
      /pickled file.*Convert it once.*python -c 'import torch.*HPS_v2.1_compressed.safetensors"\)'/;
    await expect(openClipModel(file)).rejects.toThrow(wayOut);
    const folder = join(root, 'hub');
    await mkdir(folder);
    await cp(file, join(folder, 'HPS_v2.1_compressed.pt'));
    await expect(openClipModel(folder)).rejects.toThrow(wayOut);
    await writeFile(join(root, 'notes.txt'), '');
    await expect(openClipModel(join(root, 'notes.txt'))).rejects.toThrow(/notes.txt is no model/);
    await expect(openClipModel(join(root, 'nowhere'))).rejects.toMatchObject({ code: 'FILE_ACCESS' });
    const named = await folderWith({ file: 'clip.safetensors' });
    await expect(openClipModel(named)).rejects.toThrow(
      /If it is clip.safetensors, give the path of that file/,
    );
  });
});

/** The tensors of a text tower of one block; their values do not matter. */
function textTower(width: number): [string, FloatTensor][] {
  const shapes: Record<string, readonly number[]> = {
    'token_embedding.weight': [914, width],
    positional_embedding: [77, width],
    text_projection: [width, 24],
    'transformer.resblocks.0.ln_1.weight': [width],
    'transformer.resblocks.0.mlp.c_fc.weight': [2 * width, width],
  };
  return Object.entries(shapes).map(([key, shape]) => [key, floatTensor(shape)]);
}
