/** @file What a study can be asked: one object for the library, the command line and configuration files. */
import type { TimestepSpacing } from '../checkpoint/scheduler-config.ts';
import type { SchedulerChoice } from '../diffusion/schedulers/scheduler-names.ts';
import type { SizeConditioning } from '../diffusion/size-conditioning.ts';
import type { VaeTilingChoice } from '../diffusion/vae-tiling.ts';
import type { SearchMethod } from '../search/search.ts';
import type { EvolutionOptions, GradientOptions } from '../search/search-options.ts';
import type { PromptSearch, PromptSpace } from '../words/prompt-space.ts';
import type { AccelerationOptions } from './acceleration-options.ts';
import type { PresetName } from './preset-names.ts';
import type { SimilarityOptions } from './resolve-similarity.ts';
import type { GoalOptions } from './study-goal.ts';
import type { StudyRecording } from './study-journal.ts';
import type { StudySpaceOptions } from './study-space.ts';

/** Options of `improve()` and `attack()`; everything has a default. The sizes are for SDXL alone, the similarity for attacks. */
export interface StudyOptions extends SizeConditioning, SimilarityOptions, AccelerationOptions, GoalOptions {
  /** A set of options that trades UNet calls for thoroughness; those that are given win over it. @default none */
  readonly preset?: PresetName;
  /** Seeds of the pictures that the search sees, at least one, each from 0 to 2^32 − 1; each candidate's loss is the mean over them. @default [0, 1]; for a prompt 0 to 15 */
  readonly seeds?: readonly number[];
  /** Seeds that the search never sees, on which original and best are compared at the end; `[]` for none. @default the 4 smallest numbers that are not in `seeds`; for a prompt the 16 smallest */
  readonly heldOutSeeds?: readonly number[];
  /** Seed of the search's own randomness: the same seed gives the same study. @default 0 */
  readonly searchSeed?: number;
  /** Sampling steps. @default 50 */
  readonly steps?: number;
  /** Classifier-free guidance scale; above 1 where the negative prompt is searched. @default 7.5 */
  readonly guidanceScale?: number;
  /** The sampler; `checkpoint` for the one that the model's folder names. @default 'ddim', as in the paper */
  readonly scheduler?: SchedulerChoice;
  /** Noise levels by Karras et al., where the sampler is written in sigmas. @default what the checkpoint says of its own scheduler, else false */
  readonly karrasSigmas?: boolean;
  /** How timesteps are spread. @default what the checkpoint says, else what is usual with the sampler */
  readonly timestepSpacing?: TimestepSpacing | null;
  /** DDIM's eta, 0 to 1; 0 with every other sampler. @default 0 */
  readonly eta?: number;
  /** Pixels. @default what the model was trained for */
  readonly height?: number;
  readonly width?: number;
  /**
   * Whether pictures are decoded in tiles, which takes less memory and changes their pixels a little; `auto` does so for more than
   * 1.5 times 1024 x 1024 pixels, and where a whole picture would not fit into the memory that there is. @default 'auto'
   */
  readonly vaeTiling?: VaeTilingChoice;
  /** @default 'hybrid' */
  readonly method?: SearchMethod;
  /** Evaluations that may be spent, gradient iterations counted at t / T of one. @default 40 */
  readonly budget?: number;
  /** Seconds for the search, which always finishes the original; pictures on the held-out seeds come after it. @default no limit */
  readonly maxSeconds?: number;
  /** Ends the search after so many evaluations without a new best. @default no limit */
  readonly plateau?: number;
  /** K, the denoising steps that the shortcut text gradient goes through. @default 1 */
  readonly gradientSteps?: number;
  readonly gradient?: GradientOptions;
  readonly evolution?: EvolutionOptions;
  /**
   * The words to search: a space, a file that holds one, or where they come from, such as `antonym+library` (`buildStudySpace`).
   * @default opposites from the dictionaries for the negative prompt, synonyms for the prompt itself
   */
  readonly space?: PromptSpace | string;
  /** Which prompts are searched; both at once is one search with the same budget. @default those that `space` has words for; else `negative` to improve, `positive` to attack */
  readonly search?: PromptSearch;
  /** Words found elsewhere than in the dictionaries: synonyms for `attack`, opposites for `improve`. @default the dictionaries' */
  readonly words?: StudySpaceOptions['words'];
  /** Slots of the negative prompt library, 1 to 20: its themes in turn. @default 5 */
  readonly librarySlots?: number;
  /** At most so many words in a slot, besides none or the original. @default 5 */
  readonly maxChoices?: number;
  /** A negative prompt that stays as it is; where the negative prompt is searched, the chosen words come after it. @default '' */
  readonly negativePrompt?: string;
  /** Takes guidance to work on the model, although it looks guidance-distilled (Turbo, Lightning, LCM). @default false */
  readonly allowDistilled?: boolean;
  /** Starts a run that does not seem to fit into memory. @default false */
  readonly ignoreMemory?: boolean;
  /** Bytes that the run may take. @default what the machine has to spare when it starts */
  readonly availableBytes?: number;
  /**
   * After the search, leaves out each of the best prompt's words in turn, to tell what each did (`StudyResult.wordEffects`). For each
   * word it samples a picture on every searched and every held-out seed, but those that are known. @default false
   */
  readonly ablation?: boolean;
  /** Keeps the study, and all that it computes, in a store, and takes from there what is known. @default nothing is kept */
  readonly record?: StudyRecording;
  /** Aborting ends the search; the result so far is still given. */
  readonly signal?: AbortSignal;
}
