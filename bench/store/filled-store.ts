/** @file A store with as many evaluations as wanted, as studies of 40 evaluations leave them: each with its event, a picture of the embedded model's size and its score. */
import { createHash } from 'node:crypto';
import { StudyStore } from '../../src/store/study-store.ts';
import type { StoredStudy } from '../../src/store/study-table.ts';

/** Evaluations of one study. */
export const STUDY_SIZE = 40;
/** Floats of the latents of a picture of 64 × 64 pixels. */
export const LATENTS = 1024;

const PROMPT = 'a photo of a small red cat that sits beside an old blue car in the rain';

export class FilledStore {
  readonly path: string;
  store: StudyStore;
  /** Evaluations that are in it. */
  count = 0;
  /** The newest study, which evaluations are added to. */
  #study: StoredStudy | undefined;
  readonly #ids: string[] = [];

  constructor(path: string) {
    this.path = path;
    this.store = new StudyStore(path);
  }

  /** Many in one transaction, so that filling takes less than measuring. */
  fillTo(count: number): void {
    while (this.count < count)
      this.store.atomically(() => {
        const end = Math.min(count, this.count + 2000);
        while (this.count < end) {
          this.addPicture(null);
          this.addEvaluation();
        }
      });
  }

  /** Opens it as another process would. */
  reopen(): void {
    this.store.close();
    this.store = new StudyStore(this.path);
  }

  /** The picture of the evaluation to come, as a study keeps it. */
  addPicture(png: Uint8Array | null): void {
    const key = pictureKey(this.count);
    const latents = Float32Array.from({ length: LATENTS }, (_, i) => Math.sin(i * this.count));
    const scores = new Map([[SCORER, 0.8]]);
    this.store.pictures.add({ key, latents, fault: null, png, scores });
  }

  /** What a study's journal writes when an evaluation ends. */
  addEvaluation(): void {
    const place = this.count % STUDY_SIZE;
    if (place === 0 || this.#study === undefined) this.#study = this.#begin();
    const { id, number } = this.#study;
    this.store.atomically(() => {
      this.store.history.addEvent(number, place, eventOf(place));
      this.store.history.addEvaluation(number, evaluationOf(place));
      this.store.studies.note(id, { evaluations: place + 1, originalLoss: 0.9, bestLoss: 0.8 });
    });
    this.count += 1;
  }

  /** One of the studies that have ended. */
  endedStudy(at: number): string {
    return this.#ids[Math.floor(at * (this.#ids.length - 1))];
  }

  #begin(): StoredStudy {
    if (this.#study !== undefined) this.store.studies.finish(this.#study.id, { summary: 'x'.repeat(3000) });
    const study = this.store.studies.begin({
      task: 'improve',
      prompt: PROMPT,
      method: 'hybrid',
      model: 'pocket',
      request: { prompt: PROMPT, options: { words: 'y'.repeat(1500) } },
      fingerprint: digest('study'),
      ...(this.#ids.length % 2 === 0 && { experiment: `experiment ${this.#ids.length % 7}` }),
    });
    this.#ids.push(study.id);
    return study;
  }
}

export const SCORER = digest('scorer');

/** As random as the keys of a study's pictures are. */
export function pictureKey(index: number): string {
  return digest(`picture ${index}`);
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function eventOf(index: number): unknown {
  const { details, ...rest } = evaluationOf(index);
  return { type: 'candidate', index, ...rest, ...(details as object) };
}

function evaluationOf(place: number) {
  return {
    place,
    state: 'done' as const,
    prompt: PROMPT,
    negativePrompt: `large, green, dog, new, yellow, bicycle, sunshine, number ${place}`,
    loss: 0.8123456789012345 + place / 1000,
    seconds: place * 0.7351234,
    details: {
      candidate: [1, 0, 3, 2, 0, 1, 4, 0],
      losses: [0.81234567890123, 0.8312345678901234],
      phase: 'evolution',
      improved: false,
      bestLoss: 0.7912345678901234,
      spent: place + 1,
    },
  };
}
