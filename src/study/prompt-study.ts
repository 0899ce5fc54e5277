/** @file What happens in a study: search on the searched seeds, then a look at seeds that the search never saw. */
import type { Pipeline } from '../diffusion/pipeline.ts';
import { runSearch } from '../search/search.ts';
import type { EvaluationEvent, GradientEvent, RejectionEvent, StopReason } from '../search/search-event.ts';
import type { SearchProblem } from '../search/search-problem.ts';
import type { Candidate } from '../search/search-space.ts';
import { MersenneTwister } from '../tensor/mersenne-twister.ts';
import type { PromptSpace, Task } from '../words/prompt-space.ts';
import { searchOf } from '../words/searched-slots.ts';
import { candidateEvent } from './candidate-event.ts';
import type { ComputationCache } from './computation-cache.ts';
import { type ConfirmedCandidate, confirmExactly } from './exact-confirmation.ts';
import { passedOverWarnings } from './execution-text.ts';
import { HeldOutJudge, type JudgedPictures } from './held-out-judge.ts';
import {
  type HeldOutLosses,
  HeldOutMeasurement,
  judgedPictures,
  type MeasuredPictures,
} from './held-out-measurement.ts';
import { isSoughtChange, pairedDifference } from './paired-difference.ts';
import type { PictureEvaluator } from './picture-evaluator.ts';
import { pictureEvents } from './picture-events.ts';
import { pictureSettings } from './picture-settings.ts';
import { tokenizersOf } from './preflight/preflight.ts';
import { truncationFindings } from './preflight/token-limit.ts';
import type { PromptObjective } from './prompt-objective.ts';
import { type PromptVariants, promptVariants } from './prompt-variants.ts';
import { recordedAcceleration } from './recorded-acceleration.ts';
import { isRaced, type ResolvedStudyOptions } from './resolve-study-options.ts';
import { meanOf, promptScorerLosses } from './scorer-losses.ts';
import { namedScorers, scorerSettings } from './scorer-settings.ts';
import type { StudyClock } from './study-clock.ts';
import { StudyComputation } from './study-computation.ts';
import type { StudyEvent } from './study-event.ts';
import type { PairedDifference, ScoredPrompt, StudyResult } from './study-result.ts';
import { summarize } from './summarize.ts';
import { WordAblation } from './word-ablation.ts';
import type { WordEffect } from './word-effect.ts';

export interface PromptStudyOptions {
  readonly task: Task;
  readonly prompt: string;
  readonly space: PromptSpace;
  readonly options: ResolvedStudyOptions;
  /** Told after the first event. */
  readonly warnings: readonly string[];
  readonly emit: (event: StudyEvent) => void;
  readonly signal: AbortSignal;
  readonly clock: StudyClock;
  /** What was computed before. @default everything is computed */
  readonly cache?: ComputationCache | undefined;
}

interface SearchOutcome {
  readonly original: Candidate;
  readonly best: Candidate;
  readonly evaluations: number;
  readonly rejections: number;
  readonly gradientIterations: number;
  readonly pruned: number;
  readonly stoppedBy: StopReason;
  /** How many were sampled exactly after the search; undefined where its own pictures are exact. */
  readonly confirmed?: number;
}

/** What was measured after the search. */
interface Measured {
  /** By the held-out scorer, on the searched seeds. */
  readonly judged: JudgedPictures | undefined;
  readonly heldOut: HeldOutLosses | undefined;
  readonly wordEffects: readonly WordEffect[] | undefined;
}

/** One study of one prompt on one pipeline. */
export class PromptStudy {
  readonly #pipeline: Pipeline;
  readonly #study: PromptStudyOptions;
  readonly #variants: PromptVariants;
  readonly #computation: StudyComputation;
  /** What the search asks. */
  readonly #objective: PromptObjective;
  /** What the result is told by: the same, but where the search's pictures are not exact and the result's are. */
  #told: { readonly evaluator: PictureEvaluator; readonly objective: PromptObjective };
  readonly #evaluated: Candidate[] = [];
  readonly #judge: HeldOutJudge | undefined;
  readonly #rescaledBefore: number;
  #firstFault: string | null = null;
  readonly #sign: 1 | -1;
  /** Aborted when the reader leaves and when the user's own signal is. */
  readonly #signal: AbortSignal;

  constructor(pipeline: Pipeline, study: PromptStudyOptions) {
    const { task, space, options, signal } = study;
    this.#pipeline = pipeline;
    this.#rescaledBefore = pipeline.denoiser.rescaledGradients;
    this.#study = study;
    this.#sign = task === 'improve' ? 1 : -1;
    const given = options.search.budget?.signal;
    this.#signal = given ? AbortSignal.any([signal, given]) : signal;
    const { heldOutScorer } = pipeline;
    this.#judge =
      heldOutScorer && new HeldOutJudge(heldOutScorer, (message) => study.emit({ type: 'warning', message }));
    this.#variants = promptVariants(space, options.negativePrompt);
    this.#computation = new StudyComputation(pipeline, {
      ...study,
      variants: this.#variants,
      sign: this.#sign,
    });
    const evaluator = this.#computation.evaluatorFor('search');
    this.#objective = this.#computation.objectiveOn(evaluator, 'search');
    this.#told = { evaluator, objective: this.#objective };
  }

  get #original(): Candidate {
    return this.#variants.space.slots.map(() => 0);
  }

  async run(): Promise<StudyResult> {
    this.#announce();
    const search = await this.#confirmed(await this.#search());
    this.#warnOfRescaling();
    this.#warnOfBest(search);
    await this.#showSearched(search);
    const judged = await this.#judgeSearched(search);
    const heldOut = await this.#heldOut(search);
    const wordEffects = await this.#wordEffects(search, heldOut);
    return this.#result(search, { judged, heldOut, wordEffects });
  }

  #announce(): void {
    const { space, options, warnings, emit } = this.#study;
    const named = namedScorers(this.#pipeline);
    const { execution, model } = this.#pipeline;
    const acceleration = recordedAcceleration(this.#pipeline, options);
    emit({
      type: 'started',
      space,
      choices: this.#variants.space.slots.map(({ choices }) => choices),
      settings: pictureSettings(this.#pipeline, options.settings),
      ...(model.named && { namedModel: model.named }),
      ...(named && { namedScorers: named }),
      seeds: options.seeds,
      heldOutSeeds: options.heldOutSeeds,
      searchSeed: options.searchSeed,
      method: options.method,
      budget: options.budget,
      ...(options.ablation && { ablation: true }),
      ...(options.goal === 'prompt' && { for: 'prompt' }),
      ...(options.seedLooks.length > 0 && { seedLooks: options.seedLooks }),
      ...(acceleration && { acceleration }),
      ...(options.similarity && { constraint: options.similarity.constraint }),
      ...(execution.passedOver.length > 0 && { passedOver: execution.passedOver }),
    });
    const remarks = model.remarks ?? [];
    const uncalibrated = options.similarity?.warnings ?? [];
    for (const message of [...remarks, ...passedOverWarnings(execution), ...warnings, ...uncalibrated])
      emit({ type: 'warning', message });
  }

  /** A substitute may be longer than its word; a negative prompt always fits. */
  #warnOfBest({ original, best }: SearchOutcome): void {
    if (!this.#variants.searched.includes('positive')) return;
    const [before, after] = [original, best].map((candidate) => this.#variants.promptsOf(candidate));
    if (before.prompt === after.prompt) return;
    const tokenizers = tokenizersOf(this.#pipeline.model);
    for (const { message } of truncationFindings(tokenizers, after.prompt, 'best prompt'))
      this.#study.emit({ type: 'warning', message });
  }

  #warnOfRescaling(): void {
    const times = this.#pipeline.denoiser.rescaledGradients - this.#rescaledBefore;
    if (times === 0) return;
    const message = `The gradient left the range of half precision ${times === 1 ? 'once' : `${times} times`} and was taken again at a smaller scale.`;
    this.#study.emit({ type: 'warning', message });
  }

  async #search(): Promise<SearchOutcome> {
    const { options } = this.#study;
    const search = { ...options.search, budget: { ...options.search.budget, signal: this.#signal } };
    const original = this.#original;
    let outcome: SearchOutcome = {
      original,
      best: original,
      evaluations: 0,
      rejections: 0,
      gradientIterations: 0,
      pruned: 0,
      stoppedBy: 'completed',
    };
    for await (const event of runSearch(options.method, this.#problem(), search)) {
      if (event.type === 'finished') {
        const { best, ...counts } = event;
        outcome = { ...counts, original, best: best?.candidate ?? original };
      } else if (event.type === 'rejection') await this.#tellOfRejection(event);
      else this.#tell(event);
    }
    return outcome;
  }

  #problem(): SearchProblem {
    const { options } = this.#study;
    return {
      space: this.#variants.space,
      objective: this.#objective,
      textGradient: this.#computation.textGradient(),
      rng: new MersenneTwister(options.searchSeed),
      now: () => this.#study.clock.seconds * 1000,
    };
  }

  /** Where the search's pictures are not exact, its best and the original are sampled exactly, and the best of those is the result. */
  async #confirmed(search: SearchOutcome): Promise<SearchOutcome> {
    const { confirm, confirmsOriginal } = this.#study.options.acceleration;
    if (confirm === 0) return search;
    if (search.evaluations === 0 || this.#signal.aborted) return { ...search, confirmed: 0 };
    const evaluator = this.#computation.evaluatorFor('confirmation');
    const exact = this.#computation.objectiveOn(evaluator, 'confirmation');
    let index = 0;
    const confirmation = await confirmExactly(this.#evaluated, {
      searched: this.#objective,
      exact,
      original: search.original,
      count: confirm,
      ...{ confirmsOriginal, sign: this.#sign, signal: this.#signal },
      tell: (one) => this.#tellOfConfirmation(one, index++),
    });
    if (confirmation === null) return { ...search, confirmed: 0 };
    this.#told = { evaluator, objective: exact };
    return { ...search, best: confirmation.best, confirmed: confirmation.count };
  }

  #tellOfConfirmation({ candidate, searched, exact }: ConfirmedCandidate, index: number): void {
    const { prompt, negativePrompt, loss, losses, invalid } = exact;
    this.#study.emit({
      type: 'confirmation',
      ...{ index, prompt, negativePrompt, candidate, searchLoss: searched.loss, loss, losses, invalid },
      seconds: this.#seconds(),
    });
  }

  async #tellOfRejection({ index, candidate, phase }: RejectionEvent): Promise<void> {
    const similarity = await this.#objective.similarityOf(candidate);
    const { prompt, negativePrompt } = this.#variants.promptsOf(candidate);
    const what = { index, prompt, negativePrompt, candidate, similarity: similarity!, phase };
    this.#study.emit({ type: 'rejected', ...what, seconds: this.#seconds() });
  }

  #tell(event: EvaluationEvent | GradientEvent): void {
    const { emit } = this.#study;
    const seconds = this.#seconds();
    if (event.type === 'gradient') {
      const loss = event.loss === null ? null : this.#sign * event.loss;
      emit({ ...event, loss, unetCalls: this.#computation.unetCalls, seconds });
      return;
    }
    const told = candidateEvent(event, {
      ...{ objective: this.#objective, variants: this.#variants, sign: this.#sign, seconds },
      ...{ scorer: this.#pipeline.scorer, unetCalls: this.#computation.unetCalls },
    });
    this.#firstFault ??= told.invalid;
    if (event.score.kind === 'valid') this.#evaluated.push(event.candidate);
    emit(told);
  }

  async #showSearched({ original, best, confirmed }: SearchOutcome): Promise<void> {
    // Pictures that are not those of the recorded settings are not shown as such.
    if (confirmed === 0) return;
    for (const [which, candidate] of [
      ['original', original],
      ['best', best],
    ] as const) {
      const pictures = this.#told.objective.picturesOf(candidate) ?? [];
      for (const event of await pictureEvents({ which, heldOut: false, pictures })) this.#study.emit(event);
    }
  }

  /** What the held-out scorer says of the pictures that the search chose by. */
  async #judgeSearched({ original, best }: SearchOutcome): Promise<JudgedPictures | undefined> {
    if (this.#signal.aborted) return undefined;
    const { evaluator, objective } = this.#told;
    const pictures = [original, best].map((candidate) => objective.picturesOf(candidate));
    const losses = [original, best].map((candidate) => objective.outcomeOf(candidate)?.losses ?? []);
    if (losses.some(({ length }) => length === 0)) return undefined;
    const judge = await this.#judge?.pair(evaluator, pictures[0], pictures[1]);
    return judge && { objective: { original: losses[0], best: losses[1] }, judge };
  }

  /** Skipped where nothing was scored, and when the user stopped the study: they asked for the end. */
  async #heldOut({ original, best }: SearchOutcome): Promise<HeldOutLosses | undefined> {
    if ((this.#told.objective.outcomeOf(best)?.loss ?? null) === null) return undefined;
    const { options, emit } = this.#study;
    const measurement = new HeldOutMeasurement(this.#computation.evaluatorFor('held-out'), {
      seeds: options.heldOutSeeds,
      signal: this.#signal,
      emit,
      ...(this.#judge && { judge: this.#judge }),
    });
    return measurement.compare(this.#variants.promptsOf(original), this.#variants.promptsOf(best));
  }

  /** Skipped where nothing was scored, and when the user stopped the study. */
  async #wordEffects(
    { best }: SearchOutcome,
    heldOut: HeldOutLosses | undefined,
  ): Promise<readonly WordEffect[] | undefined> {
    const { options, emit } = this.#study;
    if (!options.ablation || this.#signal.aborted) return undefined;
    if ((this.#told.objective.outcomeOf(best)?.loss ?? null) === null) return undefined;
    const ablation = new WordAblation(this.#computation.evaluatorFor('ablation'), {
      variants: this.#variants,
      seeds: options.seeds,
      heldOutSeeds: options.heldOutSeeds,
      searchedLosses: (candidate) => this.#told.objective.outcomeOf(candidate)?.losses,
      heldOut,
      sign: this.#sign,
      signal: this.#signal,
      emit,
      seconds: () => this.#seconds(),
    });
    return ablation.measure(best);
  }

  #result(search: SearchOutcome, { judged, heldOut, wordEffects }: Measured): StudyResult {
    const { task, prompt, options } = this.#study;
    const isCutOff = heldOut === undefined || (options.ablation && wordEffects === undefined);
    const difference: PairedDifference | null = heldOut
      ? pairedDifference(heldOut.original.losses, heldOut.best.losses)
      : null;
    const { scorer, loss: clipLoss } = scorerSettings(this.#pipeline);
    const heldOutScorer = this.#judge?.verdict(task, judged, heldOut && judgedPictures(heldOut));
    const result = {
      task,
      search: searchOf(this.#study.space),
      prompt,
      settings: pictureSettings(this.#pipeline, options.settings),
      scorer,
      ...(clipLoss && { clipLoss }),
      original: this.#scored(search.original, heldOut?.original, judged?.judge.original),
      best: this.#scored(search.best, heldOut?.best, judged?.judge.best),
      seeds: options.seeds,
      heldOutSeeds: options.heldOutSeeds,
      searchSeed: options.searchSeed,
      evaluations: search.evaluations,
      ...(isRaced(options) && { pruned: search.pruned }),
      ...(search.confirmed !== undefined && { confirmed: search.confirmed }),
      unetCalls: this.#computation.unetCalls,
      ...(this.#study.cache && { knownPictures: this.#computation.knownPictures }),
      gradientIterations: search.gradientIterations,
      seconds: this.#seconds(),
      stoppedBy: isCutOff && this.#signal.aborted ? 'aborted' : search.stoppedBy,
      runDir: null,
      method: options.method,
      heldOutDifference: difference,
      ...(options.goal === 'prompt' && {
        for: 'prompt' as const,
        foundBetter: isSoughtChange(task, difference),
      }),
      ...(options.similarity && {
        similarityModel: options.similarity.judge.name,
        minSimilarity: options.similarity.min,
        rejected: search.rejections,
      }),
      ...(heldOutScorer && { heldOutScorer }),
      ...(wordEffects && { wordEffects }),
    };
    return { ...result, summary: summarize(result, this.#firstFault) };
  }

  #scored(
    candidate: Candidate,
    heldOut: MeasuredPictures | undefined,
    judged: readonly number[] | undefined,
  ): ScoredPrompt {
    const outcome = this.#told.objective.outcomeOf(candidate);
    const isConfirmed = this.#told.objective !== this.#objective;
    const scorers = promptScorerLosses(this.#pipeline.scorer, outcome?.byScorer, heldOut?.byScorer);
    const { prompt, negativePrompt } = this.#variants.promptsOf(candidate);
    return {
      prompt,
      negativePrompt,
      loss: outcome?.loss ?? null,
      ...(isConfirmed && { searchLoss: this.#objective.outcomeOf(candidate)?.loss ?? null }),
      heldOutLoss: heldOut ? meanOf(heldOut.losses) : null,
      ...(outcome?.similarity !== undefined && { similarity: outcome.similarity }),
      ...(scorers && { scorers }),
      ...(this.#judge && {
        heldOutScorer: {
          loss: judged ? meanOf(judged) : null,
          heldOutLoss: heldOut?.judged ? meanOf(heldOut.judged) : null,
        },
      }),
    };
  }

  #seconds(): number {
    return this.#study.clock.seconds;
  }
}
