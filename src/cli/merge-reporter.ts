/** @file Tells how far merging a LoRA is: a live line on a terminal, one lasting line elsewhere. */
import type { OpenModelOptions } from '../study/load-pipeline.ts';
import type { Host } from './host.ts';
import { LiveLine } from './live-line.ts';
import type { CliOptions } from './shared-options.ts';
import { isLive } from './study-reporter.ts';

/** What to give to `loadPipeline`, or nothing where it is to be quiet. */
export function mergeReporter(
  { stderr, env, now }: Host,
  { quiet = false }: CliOptions,
): Pick<OpenModelOptions, 'onMerge'> {
  if (quiet) return {};
  const line = new LiveLine(stderr, now);
  const live = isLive({ stream: stderr, env });
  return {
    onMerge: ({ done, total }) => {
      if (!live && done === 0)
        stderr.write(`Merging a LoRA into ${total} weights; they are kept for later runs.\n`);
      if (!live) return;
      line.draw((width) => `merging a LoRA: weight ${done + 1} of ${total}`.slice(0, width));
      if (done + 1 === total) line.clear();
    },
  };
}
