/**
 * @file Which files of a repository a use of it needs, by their names alone. Asked twice with the same answer: of the hub's list before a
 * download, and of a snapshot in the cache, to see whether anything is missing. Never needed: the safety checker, weights for other
 * libraries, other precisions of the same weights, pictures.
 */
import { OPEN_CLIP_STEMS } from '../open-clip-checkpoint.ts';
import type { SentenceModules } from '../sentence-modules.ts';
import { PICKLED, type WeightVariant, weightFileNames } from '../weights-file.ts';

/** What the repository is wanted for. */
export interface Need {
  /**
   * `words` is a text-to-image model of which only configurations and tokenizers are read, `lora` a repository with one adapter, `sentence` a
   * sentence encoder.
   */
  readonly role: 'model' | 'scorer' | 'words' | 'lora' | 'sentence';
  /** Preferred where there is one, such as `fp16`. */
  readonly variant?: WeightVariant | undefined;
  /** Whether the scorer in the model's own folder is needed too. */
  readonly ownScorer?: boolean | undefined;
}

export interface NeededFiles {
  /** Configurations, tokenizers and lists of shards. */
  readonly small: readonly string[];
  /** Single files of weights; shards come from their lists. */
  readonly weights: readonly string[];
  /** Lists of shards, which are among the small files too. */
  readonly shardLists: readonly string[];
  /** What the repository would have to have, in words. */
  readonly missing: readonly string[];
  /** Pickled files that stand where safetensors files should. */
  readonly pickled: readonly string[];
  /** What was looked for in vain and could change the choice if it were there. */
  readonly absent: readonly string[];
}

/** Stems of the weights of each component that we run; those without are read by the tokenizer or the scheduler. */
const COMPONENTS: Readonly<Record<string, string | 'tokenizer' | 'scheduler'>> = {
  tokenizer: 'tokenizer',
  tokenizer_2: 'tokenizer',
  scheduler: 'scheduler',
  text_encoder: 'model',
  text_encoder_2: 'model',
  vae: 'diffusion_pytorch_model',
  unet: 'diffusion_pytorch_model',
};
const ALWAYS = ['tokenizer', 'scheduler', 'text_encoder', 'vae', 'unet'];

/**
 * The files of a pipeline.
 * @param names of all files that there are
 * @param index what `model_index.json` says
 */
export function neededForPipeline(
  names: ReadonlySet<string>,
  index: Readonly<Record<string, unknown>>,
  need: Need,
): NeededFiles {
  const listed = Object.keys(COMPONENTS).filter((name) => ALWAYS.includes(name) || isComponent(index[name]));
  const parts = listed.map((name) => componentFiles(names, name, need));
  const own = { ...NOTHING, small: present(names, ['model_index.json', 'vocabulary.json']) };
  const scorer = need.role === 'model' && need.ownScorer ? [scorerFiles(names, need)] : [];
  return joined([own, ...parts, ...scorer]);
}

/** The files of a CLIP model in the folder `dir` of the repository, the root by default. */
export function neededForScorer(names: ReadonlySet<string>, need: Need, dir = ''): NeededFiles {
  const configs = ['config.json', 'open_clip_config.json', 'preprocessor_config.json'];
  const small = present(names, configs.map(inside(dir)));
  const hasConfig = small.some((path) => path !== inside(dir)('preprocessor_config.json'));
  const stems = ['model', ...OPEN_CLIP_STEMS];
  const candidates = stems.flatMap((stem) => weightFileNames(stem, need.variant)).map(inside(dir));
  return joined([
    { ...NOTHING, small, missing: hasConfig ? [] : [inside(dir)('config.json')] },
    tokenizerFiles(names, dir, false),
    weightFiles(names, candidates, inside(dir)('model.safetensors')),
  ]);
}

/**
 * The files of a sentence encoder.
 * @param modules what `modules.json` says of its folders; undefined without such a file
 */
export function neededForSentenceEncoder(
  names: ReadonlySet<string>,
  modules: SentenceModules | undefined,
  need: Need,
): NeededFiles {
  const { transformer, pooling, dense } = modules ?? { transformer: '', pooling: undefined, dense: [] };
  const weightsIn = (dir: string) =>
    weightFiles(
      names,
      weightFileNames('model', need.variant).map(inside(dir)),
      inside(dir)('model.safetensors'),
    );
  const configured = [transformer, ...(pooling === undefined ? [] : [pooling]), ...dense];
  const lists = [
    'modules.json',
    ...['sentence_bert_config.json', 'tokenizer_config.json'].map(inside(transformer)),
  ];
  return joined([
    { ...NOTHING, small: present(names, lists) },
    ...configured.map((dir) => required(names, inside(dir)('config.json'))),
    required(names, inside(transformer)('tokenizer.json')),
    ...[transformer, ...dense].map(weightsIn),
  ]);
}

/** The adapter of a repository that is named without a file: what diffusers calls it, and takes. */
export const LORA_FILE = 'pytorch_lora_weights.safetensors';

/** One file and nothing beside it. */
export function neededForFile(names: ReadonlySet<string>, file: string): NeededFiles {
  return names.has(file) ? { ...NOTHING, weights: [file] } : { ...NOTHING, missing: [file] };
}

/** Whether a model is complete but for a scorer of its own, which most models on the hub do not have. */
export function lacksScorerAlone(missing: readonly string[]): boolean {
  return missing.length === 1 && missing[0] === SCORER_CONFIG;
}

const SCORER_CONFIG = 'scorer/config.json';

/** Without its configuration there is none, so nothing else of it is missing. */
function scorerFiles(names: ReadonlySet<string>, need: Need): NeededFiles {
  return names.has(SCORER_CONFIG)
    ? neededForScorer(names, need, 'scorer')
    : { ...NOTHING, missing: [SCORER_CONFIG] };
}

const NOTHING: NeededFiles = {
  small: [],
  weights: [],
  shardLists: [],
  missing: [],
  pickled: [],
  absent: [],
};

function componentFiles(names: ReadonlySet<string>, component: string, need: Need): NeededFiles {
  const stem = COMPONENTS[component]!;
  if (stem === 'tokenizer') return tokenizerFiles(names, component, true);
  const config = stem === 'scheduler' ? 'scheduler_config.json' : 'config.json';
  const configs = required(names, inside(component)(config));
  if (stem === 'scheduler' || need.role === 'words') return configs;
  const candidates = weightFileNames(stem, need.variant).map(inside(component));
  return joined([configs, weightFiles(names, candidates, inside(component)(`${stem}.safetensors`))]);
}

function tokenizerFiles(names: ReadonlySet<string>, dir: string, isRequired: boolean): NeededFiles {
  const at = inside(dir);
  const slow = [at('vocab.json'), at('merges.txt')];
  const words = slow.every((path) => names.has(path)) ? slow : present(names, [at('tokenizer.json')]);
  const missing = isRequired && words.length === 0 ? [`${slow.join(' and ')}`] : [];
  const notes = [at('special_tokens_map.json'), at('tokenizer_config.json')];
  return { ...NOTHING, small: [...words, ...present(names, notes)], missing };
}

function weightFiles(
  names: ReadonlySet<string>,
  candidates: readonly string[],
  expected: string,
): NeededFiles {
  const found = candidates.findIndex((path) => names.has(path));
  if (found < 0) {
    const dir = expected.slice(0, expected.lastIndexOf('/') + 1);
    const beside = [...names].filter((path) => path.startsWith(dir) && !path.slice(dir.length).includes('/'));
    return { ...NOTHING, missing: [expected], pickled: beside.filter((path) => PICKLED.test(path)) };
  }
  const path = candidates[found]!;
  const absent = candidates.slice(0, found);
  return path.endsWith('.json')
    ? { ...NOTHING, small: [path], shardLists: [path], absent }
    : { ...NOTHING, weights: [path], absent };
}

function required(names: ReadonlySet<string>, path: string): NeededFiles {
  return names.has(path) ? { ...NOTHING, small: [path] } : { ...NOTHING, missing: [path] };
}

function present(names: ReadonlySet<string>, paths: readonly string[]): readonly string[] {
  return paths.filter((path) => names.has(path));
}

/** The index names a component as `["library", "Class"]`; `[null, null]` is one that was left out. */
function isComponent(entry: unknown): boolean {
  return Array.isArray(entry) && typeof entry[1] === 'string';
}

function inside(dir: string): (name: string) => string {
  return (name) => (dir === '' ? name : `${dir}/${name}`);
}

function joined(parts: readonly NeededFiles[]): NeededFiles {
  const all = (key: keyof NeededFiles) => parts.flatMap((part) => part[key]);
  return {
    small: all('small'),
    weights: all('weights'),
    shardLists: all('shardLists'),
    missing: all('missing'),
    pickled: all('pickled'),
    absent: all('absent'),
  };
}
