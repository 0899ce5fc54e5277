/** @file What happens in a study: search on the searched seeds, then a look at seeds that the search never saw. */
import type { Pipeline } from '../diffusion/pipeline.ts';
import { runSearch } from '../search/search.ts';
import type { SearchEvent, StopReason } from '../search/search-event.ts';
import type { SearchProblem } from '../search/search-problem.ts';
import type { Candidate } from '../search/search-space.ts';
import { MersenneTwister } from '../tensor/mersenne-twister.ts';
import { rowAt } from '../tensor/stack.ts';
import type { FloatTensor } from '../tensor/tensor.ts';
import type { PromptSpace, Task } from '../words/prompt-space.ts';
import { pairedDifference } from './paired-difference.ts';
import { pictureFault } from './picture-fault.ts';
import { PromptGradient } from './prompt-gradient.ts';
import { type CandidateOutcome, PromptObjective } from './prompt-objective.ts';
import {
  negativeVariants,
  type PromptPair,
  type PromptVariants,
  positiveVariants,
} from './prompt-variants.ts';
import type { ResolvedStudyOptions } from './resolve-study-options.ts';
import type { PictureEvent, StudyEvent } from './study-event.ts';
import type { PairedDifference, ScoredPrompt, StudyResult } from './study-result.ts';
import { summarize } from './summarize.ts';

export interface PromptStudyOptions {
  readonly task: Task;
  readonly prompt: string;
  readonly space: PromptSpace;
  readonly options: ResolvedStudyOptions;
  readonly emit: (event: StudyEvent) => void;
  readonly signal: AbortSignal;
}

interface SearchOutcome {
  readonly original: Candidate;
  readonly best: Candidate;
  readonly evaluations: number;
  readonly gradientIterations: number;
  readonly stoppedBy: StopReason;
}

interface HeldOutLosses {
  readonly original: readonly number[];
  readonly best: readonly number[];
}

/** One study of one prompt on one pipeline. */
export class PromptStudy {
  readonly #pipeline: Pipeline;
  readonly #study: PromptStudyOptions;
  readonly #variants: PromptVariants;
  readonly #objective: PromptObjective;
  readonly #start = performance.now();
  readonly #callsBefore: number;
  readonly #sign: 1 | -1;
  /** Aborted when the reader leaves and when the user's own signal is. */
  readonly #signal: AbortSignal;

  constructor(pipeline: Pipeline, study: PromptStudyOptions) {
    const { task, prompt, space, options, emit, signal } = study;
    this.#pipeline = pipeline;
    this.#study = study;
    this.#callsBefore = pipeline.denoiser.calls;
    this.#sign = task === 'improve' ? 1 : -1;
    const given = options.search.budget?.signal;
    this.#signal = given ? AbortSignal.any([signal, given]) : signal;
    this.#variants =
      task === 'improve' ? negativeVariants(space) : positiveVariants(space, options.negativePrompt);
    this.#objective = new PromptObjective(pipeline, {
      target: prompt,
      variants: this.#variants,
      seeds: options.seeds,
      settings: options.settings,
      sign: this.#sign,
      ...(task === 'attack' && { minSimilarity: options.minSimilarity }),
      onStep: (guidedSteps) => emit({ type: 'sampling', phase: 'search', guidedSteps }),
    });
  }

  async run(): Promise<StudyResult> {
    this.#announce();
    const search = await this.#search();
    this.#showSearched(search);
    const heldOut = await this.#heldOut(search);
    return this.#result(search, heldOut);
  }

  #announce(): void {
    const { space, options, emit, prompt } = this.#study;
    const { model, scorer } = this.#pipeline;
    emit({
      type: 'started',
      space,
      choices: this.#variants.space.slots.map(({ choices }) => choices),
      settings: { model: model.name, scorer: scorer.name, sampler: 'DDIM', ...options.settings },
      seeds: options.seeds,
      heldOutSeeds: options.heldOutSeeds,
      searchSeed: options.searchSeed,
      method: options.method,
      budget: options.budget,
    });
    const { truncatedText } = model.tokenizer.tokenize(prompt);
    if (truncatedText === undefined) return;
    emit({
      type: 'warning',
      message: `The text encoder reads ${model.tokenizer.maxLength - 2} tokens; these words of the prompt fall off: "${truncatedText}".`,
    });
  }

  async #search(): Promise<SearchOutcome> {
    const { options } = this.#study;
    const search = { ...options.search, budget: { ...options.search.budget, signal: this.#signal } };
    const original = this.#variants.space.slots.map(() => 0);
    let outcome: SearchOutcome = {
      original,
      best: original,
      evaluations: 0,
      gradientIterations: 0,
      stoppedBy: 'completed',
    };
    for await (const event of runSearch(options.method, this.#problem(), search)) {
      if (event.type === 'finished') {
        const { evaluations, gradientIterations, stoppedBy, best } = event;
        outcome = { original, best: best?.candidate ?? original, evaluations, gradientIterations, stoppedBy };
      } else this.#tell(event);
    }
    return outcome;
  }

  #problem(): SearchProblem {
    const { prompt, options, emit } = this.#study;
    const textGradient = new PromptGradient(this.#pipeline, {
      target: prompt,
      variants: this.#variants,
      seeds: options.seeds,
      settings: options.settings,
      gradientSteps: options.gradientSteps,
      sign: this.#sign,
      onStep: (guidedSteps) => emit({ type: 'sampling', phase: 'search', guidedSteps }),
    });
    return {
      space: this.#variants.space,
      objective: this.#objective,
      textGradient,
      rng: new MersenneTwister(options.searchSeed),
      now: () => performance.now(),
    };
  }

  #tell(event: Exclude<SearchEvent, { type: 'finished' }>): void {
    const { emit } = this.#study;
    const seconds = this.#seconds();
    if (event.type === 'gradient') {
      emit({ ...event, loss: event.loss === null ? null : this.#sign * event.loss, seconds });
      return;
    }
    const { prompt, negativePrompt, loss, losses, invalid } = this.#outcome(event.candidate);
    const { index, candidate, phase, improved, spent } = event;
    const bestLoss = event.best === null ? null : this.#sign * event.best.loss;
    emit({
      type: 'candidate',
      index,
      prompt,
      negativePrompt,
      candidate,
      loss,
      losses,
      invalid,
      phase,
      improved,
      bestLoss,
      spent,
      seconds,
    });
  }

  /** The pictures that were scored, not new ones: the batch they came from is part of their last bits. */
  #showSearched({ original, best }: SearchOutcome): void {
    const { options, emit } = this.#study;
    for (const [which, candidate] of [
      ['original', original],
      ['best', best],
    ] as const) {
      const images = this.#objective.picturesOf(candidate);
      const outcome = this.#objective.outcomeOf(candidate);
      if (!images || !outcome) continue;
      for (const [i, seed] of options.seeds.entries()) {
        emit(this.#picture(which, outcome, seed, false, outcome.losses[i] ?? Number.NaN, rowAt(images, i)));
      }
    }
  }

  /** Skipped where nothing was scored, and when the user stopped the study: they asked for the end. */
  async #heldOut({ original, best }: SearchOutcome): Promise<HeldOutLosses | undefined> {
    const isScored = (this.#objective.outcomeOf(best)?.loss ?? null) !== null;
    if (this.#signal.aborted || !isScored || this.#study.options.heldOutSeeds.length === 0) return undefined;
    try {
      const before = await this.#sampleHeldOut('original', original);
      const isSame = original.every((choice, slot) => choice === best[slot]);
      const after = isSame ? before : await this.#sampleHeldOut('best', best);
      return before && after && { original: before, best: after };
    } catch (error) {
      if (this.#signal.aborted && error === this.#signal.reason) return undefined;
      throw error;
    }
  }

  /** The losses; none, and a warning, where a picture cannot be scored. */
  async #sampleHeldOut(which: 'original' | 'best', candidate: Candidate): Promise<number[] | undefined> {
    const { prompt, options, emit } = this.#study;
    const pair = this.#variants.promptsOf(candidate);
    const images = await this.#pipeline.generate(
      options.heldOutSeeds.map((seed) => ({ ...pair, seed })),
      {
        ...options.settings,
        signal: this.#signal,
        onStep: ({ pictures }) => emit({ type: 'sampling', phase: 'held-out', guidedSteps: pictures }),
      },
    );
    const losses = await this.#pipeline.score(images, prompt);
    for (const [i, seed] of options.heldOutSeeds.entries()) {
      emit(this.#picture(which, pair, seed, true, losses[i], rowAt(images, i)));
    }
    const fault = pictureFault(images, losses);
    if (fault === undefined) return losses;
    emit({ type: 'warning', message: `On the held-out seeds ${fault}, so nothing is said of them.` });
    return undefined;
  }

  #picture(
    which: PictureEvent['which'],
    pair: PromptPair,
    seed: number,
    heldOut: boolean,
    loss: number,
    image: FloatTensor,
  ): PictureEvent {
    const { prompt, negativePrompt } = pair;
    return { type: 'picture', which, prompt, negativePrompt, seed, heldOut, loss, image };
  }

  #result(search: SearchOutcome, heldOut: HeldOutLosses | undefined): StudyResult {
    const { task, prompt, options } = this.#study;
    const difference: PairedDifference | null = heldOut
      ? pairedDifference(heldOut.original, heldOut.best)
      : null;
    const result = {
      task,
      prompt,
      original: this.#scored(search.original, heldOut?.original),
      best: this.#scored(search.best, heldOut?.best),
      seeds: options.seeds,
      heldOutSeeds: options.heldOutSeeds,
      searchSeed: options.searchSeed,
      evaluations: search.evaluations,
      unetCalls: this.#pipeline.denoiser.calls - this.#callsBefore,
      gradientIterations: search.gradientIterations,
      seconds: this.#seconds(),
      stoppedBy: heldOut === undefined && this.#signal.aborted ? 'aborted' : search.stoppedBy,
      runDir: null,
      method: options.method,
      heldOutDifference: difference,
    };
    return { ...result, summary: summarize(result) };
  }

  #scored(candidate: Candidate, heldOut: readonly number[] | undefined): ScoredPrompt {
    const outcome = this.#objective.outcomeOf(candidate);
    const { prompt, negativePrompt } = this.#variants.promptsOf(candidate);
    return {
      prompt,
      negativePrompt,
      loss: outcome?.loss ?? null,
      heldOutLoss: heldOut ? heldOut.reduce((sum, loss) => sum + loss, 0) / heldOut.length : null,
      ...(outcome?.similarity !== undefined && { similarity: outcome.similarity }),
    };
  }

  #outcome(candidate: Candidate): CandidateOutcome {
    return this.#objective.outcomeOf(candidate)!;
  }

  #seconds(): number {
    return Math.round(performance.now() - this.#start) / 1000;
  }
}
