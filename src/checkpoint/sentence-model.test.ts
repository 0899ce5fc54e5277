/** @file Sentence encoders on disk: the layouts that are read, and what is refused by name. */
import { cp, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { openSentenceModel } from './sentence-model.ts';

const FIXTURES = new URL('../../tests/fixtures/sentence/', import.meta.url).pathname;

const root = await mkdtemp(join(tmpdir(), 'dpo-diff-sentence-'));
afterAll(() => rm(root, { recursive: true, force: true }));

const dir = join(root, 'copy');
const copy = async (name: string) => {
  await rm(dir, { recursive: true, force: true });
  await cp(join(FIXTURES, name), dir, { recursive: true });
};
const write = (file: string, json: unknown) => writeFile(join(dir, file), JSON.stringify(json));
const change = async (file: string, changes: object) => {
  const json = JSON.parse(await readFile(join(dir, file), 'utf8'));
  await write(file, { ...json, ...changes });
};
const refusal = (code: string, message: RegExp) =>
  expect(openSentenceModel(dir)).rejects.toMatchObject({
    code,
    message: expect.stringMatching(message),
  });

describe('openSentenceModel()', () => {
  it('reads a folder of the sentence-transformers library', async () => {
    const model = await openSentenceModel(join(FIXTURES, 't5-tiny'));
    expect(model).toMatchObject({ name: 't5-tiny', network: { kind: 't5' }, pooling: 'mean' });
    expect(model.dense).toMatchObject([{ outFeatures: 12, bias: false, activation: 'identity' }]);
    expect(model.tokenizer.maxLength).toBe(48);
  });

  it("reads an encoder's own folder, and takes the mean", async () => {
    const model = await openSentenceModel(join(FIXTURES, 't5-gated-tiny'));
    expect(model).toMatchObject({ network: { config: { feedForwardProj: 'gated-gelu' } }, dense: [] });
    expect([model.pooling, model.tokenizer.maxLength]).toEqual(['mean', 64]);
  });

  it('reads the older spelling of pooling, length and modules', async () => {
    await copy('bert-tiny');
    await write('1_Pooling/config.json', {
      word_embedding_dimension: 16,
      pooling_mode_cls_token: true,
      pooling_mode_mean_tokens: false,
    });
    await write('sentence_bert_config.json', { max_seq_length: 32, do_lower_case: false });
    await write('modules.json', [
      { idx: 0, name: '0', path: '', type: 'sentence_transformers.models.Transformer' },
      { idx: 1, name: '1', path: '1_Pooling', type: 'sentence_transformers.models.Pooling' },
    ]);
    const model = await openSentenceModel(dir);
    expect([model.pooling, model.tokenizer.maxLength]).toEqual(['cls', 32]);
  });
});

describe('openSentenceModel() refuses', () => {
  beforeEach(() => copy('bert-tiny'));

  it.each(['mpnet', 'roberta', undefined])('the network %s by name', async (type) => {
    await change('config.json', { model_type: type });
    await refusal('UNSUPPORTED_MODEL', /"model_type" is .*, accepted: "bert" or "t5"/);
  });

  it.each([
    [{ hidden_act: 'relu' }, /BERT encoder cannot be run: "hidden_act" is "relu"/],
    [{ position_embedding_type: 'relative_key' }, /"position_embedding_type" is "relative_key"/],
  ])('another kind of BERT: %j', async (changes, message) => {
    await change('config.json', changes);
    await refusal('UNSUPPORTED_MODEL', message);
  });

  it('another pooling', async () => {
    await change('1_Pooling/config.json', { pooling_mode: 'max' });
    await refusal('UNSUPPORTED_MODEL', /"pooling_mode" is "max", accepted: "mean" or "cls"/);
    await write('1_Pooling/config.json', { pooling_mode_cls_token: true, pooling_mode_mean_tokens: true });
    await refusal('UNSUPPORTED_MODEL', /"pooling_mode" is "cls\+mean"/);
  });

  it('modules that it does not know, and folders outside of the model', async () => {
    const transformer = { path: '', type: 'x.Transformer' };
    await write('modules.json', [transformer, { path: '1_LSTM', type: 'x.LSTM' }]);
    await refusal('UNSUPPORTED_MODEL', /is made of "Transformer", "LSTM"; accepted: one Transformer/);
    await write('modules.json', [transformer, { path: '../other', type: 'x.Pooling' }]);
    await refusal('INVALID_CHECKPOINT', /expected a folder inside the model/);
  });

  it('weights that are pickled', async () => {
    await rename(join(dir, 'model.safetensors'), join(dir, 'pytorch_model.bin'));
    await refusal('UNSUPPORTED_MODEL', /holds pickled weights only \(pytorch_model.bin\)/);
  });

  it('a tokenizer that is not there, and says how to make one of spiece.model', async () => {
    await rename(join(dir, 'tokenizer.json'), join(dir, 'spiece.model'));
    await refusal('INVALID_CHECKPOINT', /expected tokenizer.json. It has spiece.model.*save_pretrained/);
  });

  it.each([
    [{ model: { type: 'BPE', vocab: {}, merges: [] } }, 'UNSUPPORTED_MODEL', /"type" is "BPE"/],
    [{ model: 7 }, 'INVALID_CHECKPOINT', /"model" is 7/],
    [{ model: { type: 'WordPiece' } }, 'INVALID_CHECKPOINT', /expected an object/],
    [{ model: { type: 'Unigram', vocab: 'x' } }, 'INVALID_CHECKPOINT', /expected a list/],
    [{ pre_tokenizer: { type: 'Nothing' } }, 'INVALID_CHECKPOINT', /is no tokenizer that can be read/],
    [
      { added_tokens: [{ id: 109, content: '[X]', normalized: false, special: true }] },
      'INVALID_CHECKPOINT',
      /has 110 tokens, but its encoder embeds 109/,
    ],
  ])('a tokenizer that is not sound: %j', async (changes, code, message) => {
    await change('tokenizer.json', changes);
    await refusal(code, message);
  });

  it('a folder that holds something else', async () => {
    await rm(join(dir, 'modules.json'));
    await rm(join(dir, 'config.json'));
    await refusal('INVALID_CHECKPOINT', /is no sentence encoder: expected modules.json/);
  });
});
