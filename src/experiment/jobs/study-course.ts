/** @file The course of a search, out of its events. */
import type { PromptPair } from '../../study/prompt-variants.ts';
import type { CandidateEvent, StudyEvent } from '../../study/study-event.ts';
import type { CoursePoint } from '../experiment-row.ts';
import { mean } from './stopwatch.ts';

/** A point with the prompts that were the best there. */
export type CoursePrompt = CoursePoint & { readonly pair: PromptPair };

export class StudyCourse {
  readonly #points: CoursePrompt[] = [];
  readonly #candidateLosses: number[] = [];
  #spent = 0;
  #unetCalls = 0;
  #heldOutCalls = 0;

  note(event: StudyEvent): void {
    if (event.type === 'candidate') this.#noteCandidate(event);
    else if (event.type === 'gradient') this.#spent = event.spent;
    else if (event.type === 'sampling' && event.phase === 'held-out') this.#heldOutCalls += event.guidedSteps;
    else if (event.type === 'finished') this.#unetCalls = event.result.unetCalls - this.#heldOutCalls;
  }

  /** Of the search, without the pictures on held-out seeds. */
  get unetCalls(): number {
    return this.#unetCalls;
  }

  /** Of all candidates but the original; null where there is none. */
  get meanCandidateLoss(): number | null {
    return this.#candidateLosses.length === 0 ? null : mean(this.#candidateLosses);
  }

  /** At each new best, and where the search ended. */
  get points(): readonly CoursePrompt[] {
    const last = this.#points.at(-1);
    if (last === undefined || (last.spent === this.#spent && last.unetCalls === this.#unetCalls))
      return this.#points;
    return [...this.#points, { ...last, spent: this.#spent, unetCalls: this.#unetCalls }];
  }

  #noteCandidate(event: CandidateEvent): void {
    const { index, loss, improved, bestLoss, spent, unetCalls = 0, prompt, negativePrompt } = event;
    this.#spent = spent;
    if (index > 0 && loss !== null) this.#candidateLosses.push(loss);
    if (!improved || bestLoss === null) return;
    this.#points.push({ spent, unetCalls, bestLoss, pair: { prompt, negativePrompt } });
  }
}
