/** @file All that a study told, gathered for what is made at its end. */
import { invariant } from '../errors.ts';
import { isOriginalBest } from './is-original-best.ts';
import type {
  CandidateEvent,
  ConfirmationEvent,
  GradientIterationEvent,
  PictureEvent,
  RejectedEvent,
  StartedEvent,
  StudyEvent,
} from './study-event.ts';
import type { StudyResult } from './study-result.ts';

/** A study that has finished. */
export interface StudyRecord {
  readonly started: StartedEvent;
  readonly warnings: readonly string[];
  /** In the order of their evaluation. */
  readonly candidates: readonly CandidateEvent[];
  /** Attack: too unlike the prompt, in the order in which they were drawn. */
  readonly rejected: readonly RejectedEvent[];
  readonly gradients: readonly GradientIterationEvent[];
  /** What was sampled exactly after a search whose pictures were not; absent where they were. */
  readonly confirmations?: readonly ConfirmationEvent[];
  readonly pictures: readonly PictureEvent[];
  readonly result: StudyResult;
}

/** The two pictures of one seed; one that was not sampled is null. */
export interface PicturePair {
  readonly seed: number;
  readonly heldOut: boolean;
  readonly original: PictureEvent | null;
  readonly best: PictureEvent | null;
}

/** What pictures are paired by. */
export type PictureData = Pick<StudyRecord, 'started' | 'pictures' | 'result'>;

/** Gathers events into a record. */
export class StudyRecorder {
  #started: StartedEvent | null = null;
  readonly #warnings: string[] = [];
  readonly #candidates: CandidateEvent[] = [];
  readonly #rejected: RejectedEvent[] = [];
  readonly #gradients: GradientIterationEvent[] = [];
  readonly #confirmations: ConfirmationEvent[] = [];
  readonly #pictures: PictureEvent[] = [];

  /** The study's first event, once it came. */
  get started(): StartedEvent | null {
    return this.#started;
  }

  add(event: StudyEvent): void {
    switch (event.type) {
      case 'started':
        this.#started = event;
        return;
      case 'warning':
        this.#warnings.push(event.message);
        return;
      case 'candidate':
        this.#candidates.push(event);
        return;
      case 'rejected':
        this.#rejected.push(event);
        return;
      case 'gradient':
        this.#gradients.push(event);
        return;
      case 'confirmation':
        this.#confirmations.push(event);
        return;
      case 'picture':
        this.#pictures.push(event);
        return;
      case 'sampling':
      // The result has them all.
      case 'word-effect':
      case 'finished':
        return;
      default:
        event satisfies never;
    }
  }

  finish(result: StudyResult): StudyRecord {
    invariant(this.#started, 'a study finished that had not started');
    return {
      started: this.#started,
      warnings: this.#warnings,
      candidates: this.#candidates,
      rejected: this.#rejected,
      gradients: this.#gradients,
      ...(this.#confirmations.length > 0 && { confirmations: this.#confirmations }),
      pictures: this.#pictures,
      result,
    };
  }
}

/**
 * The pictures seed by seed: the searched seeds, then the held-out ones, each in the study's order; seeds without pictures are
 * left out. Where the original is the best, one picture may stand for both.
 */
export function picturePairs({ started, pictures, result }: PictureData): PicturePair[] {
  const isSame = isOriginalBest(result);
  const pairOf = (seed: number, heldOut: boolean): PicturePair => {
    const find = (which: PictureEvent['which']) =>
      pictures.find((p) => p.seed === seed && p.heldOut === heldOut && p.which === which) ?? null;
    const original = find('original');
    return { seed, heldOut, original, best: find('best') ?? (isSame ? original : null) };
  };
  const pairs = [
    ...started.seeds.map((seed) => pairOf(seed, false)),
    ...started.heldOutSeeds.map((seed) => pairOf(seed, true)),
  ];
  return pairs.filter(({ original, best }) => original !== null || best !== null);
}

/** The candidate that was best at the end; null when none was valid. */
export function bestCandidate(candidates: readonly CandidateEvent[]): CandidateEvent | null {
  return candidates.filter(({ improved }) => improved).at(-1) ?? null;
}
