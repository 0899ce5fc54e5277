/** @file Which words mattered: the best prompt with one of its words left out, for each word in turn. */
import type { Candidate } from '../search/search-space.ts';
import type { PromptPart } from '../words/prompt-space.ts';
import { effectOf } from './effect-of.ts';
import type { HeldOutLosses } from './held-out-measurement.ts';
import { isOriginalBest } from './is-original-best.ts';
import type { PictureEvaluator } from './picture-evaluator.ts';
import { groupFault } from './picture-fault.ts';
import type { PromptVariants } from './prompt-variants.ts';
import type { StudyEvent } from './study-event.ts';
import type { PairedDifference } from './study-result.ts';
import type { WordEffect } from './word-effect.ts';

export interface WordAblationOptions {
  readonly variants: PromptVariants;
  readonly seeds: readonly number[];
  readonly heldOutSeeds: readonly number[];
  /** A candidate's losses on all searched seeds, as far as the search knows them; empty where they cannot be scored. */
  searchedLosses(candidate: Candidate): readonly number[] | undefined;
  /** Of the original and the best; undefined where they were not measured. Then nothing is on these seeds. */
  readonly heldOut: HeldOutLosses | undefined;
  /** 1 where a low loss is sought, −1 in an attack. */
  readonly sign: 1 | -1;
  readonly signal: AbortSignal;
  readonly emit: (event: StudyEvent) => void;
  /** The study's own time. */
  readonly seconds: () => number;
}

/** A word of the best prompt. */
interface ChosenWord extends Pick<WordEffect, 'word' | 'insteadOf'> {
  readonly slot: number;
  readonly part: PromptPart;
}

/** The best, and the best without a word. */
interface Pair {
  readonly best: Candidate;
  readonly without: Candidate;
  readonly word: string;
}

/** Leaving words out costs a picture for each word and seed, but for those whose losses are known. */
export class WordAblation {
  readonly #evaluator: PictureEvaluator;
  readonly #options: WordAblationOptions;

  constructor(evaluator: PictureEvaluator, options: WordAblationOptions) {
    this.#evaluator = evaluator;
    this.#options = options;
  }

  /**
   * The effect of each word in which `best` differs from the original, in the order of the slots, told of one by one. A word without
   * which the pictures cannot be scored is passed over with a warning. Undefined when it is aborted.
   */
  async measure(best: Candidate): Promise<readonly WordEffect[] | undefined> {
    const { signal, variants, emit, seconds } = this.#options;
    const effects: WordEffect[] = [];
    try {
      for (const chosen of chosenWords(best, variants)) {
        signal.throwIfAborted();
        const effect = await this.#effect(best, chosen);
        if (effect === undefined) continue;
        emit({ type: 'word-effect', index: effects.length, ...effect, seconds: seconds() });
        effects.push(effect);
      }
      return effects;
    } catch (error) {
      if (signal.aborted && error === signal.reason) return undefined;
      throw error;
    }
  }

  async #effect(best: Candidate, { slot, ...chosen }: ChosenWord): Promise<WordEffect | undefined> {
    const without = best.map((choice, i) => (i === slot ? 0 : choice));
    const pair = { best, without, word: chosen.word };
    const found = await this.#difference(pair, false);
    if (found === undefined) return undefined;
    const elsewhere = this.#options.heldOut && (await this.#difference(pair, true));
    return {
      ...chosen,
      effect: found.mean,
      interval: found.interval,
      ...(elsewhere && { heldOutEffect: elsewhere.mean, heldOutInterval: elsewhere.interval }),
    };
  }

  async #difference(
    { best, without, word }: Pair,
    onHeldOut: boolean,
  ): Promise<PairedDifference | undefined> {
    const kept = this.#known(best, best, onHeldOut);
    const left = this.#known(without, best, onHeldOut) ?? (await this.#sample(without, word, onHeldOut));
    return kept && left && effectOf({ with: kept, without: left }, this.#options.sign);
  }

  #known(candidate: Candidate, best: Candidate, onHeldOut: boolean): readonly number[] | undefined {
    const { variants, heldOut, searchedLosses } = this.#options;
    if (!onHeldOut) {
      const losses = searchedLosses(candidate);
      return losses?.length === 0 ? undefined : losses;
    }
    const isSame = (other: Candidate) =>
      isOriginalBest({ original: variants.promptsOf(other), best: variants.promptsOf(candidate) });
    if (isSame(best)) return heldOut?.best.losses;
    return isSame(candidate.map(() => 0)) ? heldOut?.original.losses : undefined;
  }

  async #sample(
    candidate: Candidate,
    word: string,
    onHeldOut: boolean,
  ): Promise<readonly number[] | undefined> {
    const { signal, emit, variants, seeds, heldOutSeeds } = this.#options;
    const prompts = variants.promptsOf(candidate);
    const requests = (onHeldOut ? heldOutSeeds : seeds).map((seed) => ({ ...prompts, seed }));
    const pictures = await this.#evaluator.evaluate(requests, { signal });
    const fault = groupFault(pictures);
    if (fault === null) return pictures.map(({ loss }) => loss);
    const where = onHeldOut ? ' on the held-out seeds' : '';
    emit({
      type: 'warning',
      message: `Without the word "${word}"${where} ${fault}, so nothing is said of what it does there.`,
    });
    return undefined;
  }
}

function chosenWords(best: Candidate, { space, slotsOf }: PromptVariants): ChosenWord[] {
  const positive = new Set(slotsOf('positive'));
  return best.flatMap((choice, slot): ChosenWord[] => {
    if (choice === 0) return [];
    const { choices } = space.slots[slot];
    const word = choices[choice];
    if (!positive.has(slot)) return [{ slot, word, part: 'negative' }];
    return [{ slot, word, part: 'positive', insteadOf: choices[0] }];
  });
}
