/**
 * @file Tells guidance-distilled models (Turbo, Lightning, LCM, …): trained to need no classifier-free guidance, so that a negative
 * prompt has no effect on them, or a bad one. Their files seldom say so. Euler with trailing timesteps, which SD-Turbo and
 * SDXL-Turbo name, is no sign: ordinary models use it too.
 */

/** What is known of a model without its weights. */
export interface ModelTraits {
  /** The folder's, the file's or the hub's name. */
  readonly name: string;
  /** The scheduler that its folder names. */
  readonly schedulerClass: string;
  /** File names of the adapters that are merged into it. */
  readonly loraNames: readonly string[];
}

/** Why a model seems to be guidance-distilled. By its name it is a guess. */
export interface Distillation {
  readonly by: 'scheduler' | 'name' | 'lora';
  /** The scheduler, or the name as it was given. */
  readonly found: string;
  /** The word in it that tells; for a scheduler its class. */
  readonly sign: string;
}

/** Schedulers that walk only where a consistency or trajectory distillation was trained to go. */
const SCHEDULERS: ReadonlySet<string> = new Set(['LCMScheduler', 'TCDScheduler']);

const WORDS: ReadonlySet<string> = new Set([
  ...['turbo', 'lightning', 'lcm', 'tcd', 'dmd', 'dmd2', 'schnell', 'sdxs', 'instaflow', 'turbovisionxl'],
  ...['hypersd', 'hypersdxl', 'flashsd', 'flashsdxl', 'vegart'],
]);
/** Two words that mean a method only together: Hyper-SD15, Flash-SDXL. (SDXL-Flash, the other way round, wants guidance.) */
const PAIRS = /^(hyper|flash) (sd\d*|sdxl|flux)$/;

/** The sign by which a model is guidance-distilled; undefined where there is none. */
export function distillationOf({ name, schedulerClass, loraNames }: ModelTraits): Distillation | undefined {
  if (SCHEDULERS.has(schedulerClass)) {
    return { by: 'scheduler', found: schedulerClass, sign: schedulerClass };
  }
  for (const [by, found] of [['name', name] as const, ...loraNames.map((lora) => ['lora', lora] as const)]) {
    const sign = distilledSign(found);
    if (sign !== undefined) return { by, found, sign };
  }
  return undefined;
}

/**
 * The word of a name that tells a distilled model. Names are cut at capitals, digits and punctuation: `SDXL-Lightning`,
 * `dreamshaperXL_v21TurboDPMSDE`. Of `owner/model` only the model counts, of a path the last part.
 */
function distilledSign(name: string): string | undefined {
  const words = wordsOf(name);
  // Hyper-SD's CFG-preserving adapters keep guidance: Hyper-SDXL-8steps-CFG-lora.
  if (words.some((word) => word.toLowerCase() === 'cfg')) return undefined;
  const pair = words.findIndex((word, i) => PAIRS.test(`${word} ${words[i + 1]}`.toLowerCase()));
  if (pair >= 0) return `${words[pair]}-${words[pair + 1]}`;
  return words.find((word) => WORDS.has(word.toLowerCase()));
}

function wordsOf(name: string): string[] {
  const last = name.split(/[\\/]/).findLast((part) => part !== '') ?? '';
  return last
    .replace(/\.(safetensors|ckpt|bin|pt)$/i, '')
    .replace(/(\p{Ll}|\p{N})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll}{2})/gu, '$1 $2')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}
