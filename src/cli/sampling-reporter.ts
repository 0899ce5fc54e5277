/** @file Tells how far the sampling of some pictures is: a live line on a terminal, nothing elsewhere. */
import type { SampleOptions } from '../diffusion/pipeline.ts';
import type { Host } from './host.ts';
import { LiveLine } from './live-line.ts';
import { progressText } from './progress-text.ts';
import { hasColor, isLive } from './study-reporter.ts';

export class SamplingReporter {
  readonly #line: LiveLine;
  readonly #isLive: boolean;
  readonly #color: boolean;
  readonly #now: () => number;

  constructor({ stderr, env, now }: Host, quiet: boolean) {
    this.#line = new LiveLine(stderr, now);
    this.#isLive = !quiet && isLive({ stream: stderr, env });
    this.#color = hasColor(env);
    this.#now = now;
  }

  /** To be called after each step of each batch, until `pictures` pictures are done. */
  stepListener(pictures: number): NonNullable<SampleOptions['onStep']> {
    const start = this.#now();
    let done = 0;
    return (step) => {
      done += step.pictures / step.steps;
      if (!this.#isLive) return;
      const elapsed = this.#now() - start;
      const progress = {
        activity: `picture ${Math.min(pictures, Math.floor(done) + 1)} of ${pictures}`,
        fraction: done / pictures,
        best: null,
        original: null,
        elapsed,
        remaining: (elapsed / done) * Math.max(0, pictures - done),
      };
      this.#line.draw((width) => progressText(progress, width, this.#color));
    };
  }

  close(): void {
    this.#line.clear();
  }
}
