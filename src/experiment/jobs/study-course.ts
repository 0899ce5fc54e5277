/** @file The course of a search, out of its events. */
import type { PromptPair } from '../../study/prompt-variants.ts';
import { meanOf } from '../../study/scorer-losses.ts';
import type {
  CandidateEvent,
  ConfirmationEvent,
  SamplingEvent,
  StudyEvent,
} from '../../study/study-event.ts';
import type { StudyResult } from '../../study/study-result.ts';
import type { CoursePoint } from '../experiment-row.ts';

/** A point with the prompts that were the best there. */
export type CoursePrompt = CoursePoint & { readonly pair: PromptPair };

export class StudyCourse {
  readonly #points: CoursePrompt[] = [];
  readonly #candidateLosses: number[] = [];
  /** Candidates that were sampled together: they are told of when all of their calls are made. */
  #batch: CandidateEvent[] = [];
  /** Calls before the batch. */
  #callsBefore = 0;
  #spent = 0;
  #unetCalls = 0;
  /** Of pictures that tell of the result and are no part of the search: on held-out seeds, and without single words. */
  #laterCalls = 0;
  #confirmsOriginal = false;
  /** Where exact pictures decided in the end. */
  #confirmedPair: PromptPair | undefined;

  note(event: StudyEvent): void {
    if (event.type === 'started') this.#confirmsOriginal = event.acceleration?.confirmsOriginal ?? false;
    else if (event.type === 'candidate') this.#noteCandidate(event);
    else if (event.type === 'confirmation') this.#noteConfirmation(event);
    else if (event.type === 'gradient') this.#noteGradient(event.spent, event.unetCalls ?? 0);
    else if (event.type === 'sampling') this.#noteSampling(event);
    else if (event.type === 'finished') this.#finish(event.result);
  }

  /** Of the search, without the pictures on held-out seeds and those of an ablation. */
  get unetCalls(): number {
    return this.#unetCalls;
  }

  /** Of all candidates but the original, by the search's own pictures; null where there is none. */
  get meanCandidateLoss(): number | null {
    return this.#candidateLosses.length === 0 ? null : meanOf(this.#candidateLosses);
  }

  /** At each new best, by the search's own pictures and losses, and where the search ended; that is with the best by exact pictures. */
  get points(): readonly CoursePrompt[] {
    const last = this.#points.at(-1);
    const isEnd = last?.spent === this.#spent && last.unetCalls === this.#unetCalls;
    if (last === undefined || isEnd) return this.#points;
    const pair = this.#confirmedPair ?? last.pair;
    return [...this.#points, { ...last, spent: this.#spent, unetCalls: this.#unetCalls, pair }];
  }

  #noteCandidate(event: CandidateEvent): void {
    const { index, loss, spent, unetCalls } = event;
    if (this.#batch.length > 0 && this.#batch[0].unetCalls !== unetCalls) this.#endBatch();
    this.#batch.push(event);
    this.#spent = spent;
    if (index > 0 && loss !== null) this.#candidateLosses.push(loss);
  }

  #noteGradient(spent: number, unetCalls: number): void {
    this.#endBatch();
    this.#spent = spent;
    this.#callsBefore = unetCalls;
  }

  #noteSampling({ phase, guidedSteps }: SamplingEvent): void {
    if (phase === 'held-out' || phase === 'ablation') this.#laterCalls += guidedSteps;
  }

  /** Exact pictures cost an evaluation; those of an original that was sampled exactly already cost nothing. */
  #noteConfirmation({ index }: ConfirmationEvent): void {
    this.#endBatch();
    if (index > 0 || this.#confirmsOriginal) this.#spent += 1;
  }

  #finish({ unetCalls, confirmed, best: { prompt, negativePrompt } }: StudyResult): void {
    this.#endBatch();
    this.#unetCalls = unetCalls - this.#laterCalls;
    if (confirmed !== undefined) this.#confirmedPair = { prompt, negativePrompt };
  }

  /** Each candidate of a batch has its share of the calls: how many are sampled at once is no part of a method. */
  #endBatch(): void {
    const { unetCalls: after = 0 } = this.#batch[0] ?? { unetCalls: this.#callsBefore };
    const share = (after - this.#callsBefore) / this.#batch.length;
    for (const [i, { improved, bestLoss, spent, prompt, negativePrompt }] of this.#batch.entries()) {
      if (!improved || bestLoss === null) continue;
      const unetCalls = Math.round(this.#callsBefore + (i + 1) * share);
      this.#points.push({ spent, unetCalls, bestLoss, pair: { prompt, negativePrompt } });
    }
    this.#callsBefore = after;
    this.#batch = [];
  }
}
