/** @file What `generate` does: samples pictures, writes them and prints where they are. */
import { join } from 'node:path';
import { makeFolder } from '../../disk/make-folder.ts';
import { checkPrompt } from '../../study/check-prompt.ts';
import { defaultRunDir } from '../../study/default-run-dir.ts';
import type { Execution } from '../../study/execution-text.ts';
import { generationParameters, PARAMETERS_KEYWORD } from '../../study/generation-parameters.ts';
import { loadPipeline } from '../../study/load-pipeline.ts';
import { pictureFault } from '../../study/picture-fault.ts';
import { pictureSettings } from '../../study/picture-settings.ts';
import { encodePng } from '../../study/png-image.ts';
import { applyMemoryFit } from '../../study/preflight/memory-fit.ts';
import { preflightPictures } from '../../study/preflight/preflight.ts';
import type { PictureSettings } from '../../study/recorded-settings.ts';
import { DEFAULT_SEEDS } from '../../study/resolve-study-options.ts';
import { fileWriteError, writeFileAtomically } from '../../study/write-file.ts';
import { rowAt } from '../../tensor/stack.ts';
import { type FloatTensor, floatTensor } from '../../tensor/tensor.ts';
import { EXIT_OK, SIGNAL_EXIT } from '../exit-code.ts';
import type { Host } from '../host.ts';
import { Interruption, signalName } from '../interruption.ts';
import { mergeReporter } from '../merge-reporter.ts';
import { SamplingReporter } from '../sampling-reporter.ts';
import type { CliOptions } from '../shared-options.ts';
import { pipelineOptionsOf, sampleOptionsOf } from '../study-options-of.ts';
import { tellOfExecution } from '../tell-of-execution.ts';
import { warn } from '../warn.ts';
import { whileLoading } from '../while-loading.ts';

interface Picture {
  readonly prompt: string;
  readonly negativePrompt: string;
  readonly seed: number;
  /** Against the prompt, by the scorer. */
  readonly loss: number;
  /** `[3, H, W]` in [0, 1]. */
  readonly image: FloatTensor;
}

interface Generated {
  readonly prompt: string;
  readonly negativePrompt: string;
  readonly settings: PictureSettings;
  readonly images: readonly { readonly seed: number; readonly path: string; readonly loss: number }[];
}

export async function runGenerate(host: Host, prompt: string, options: CliOptions): Promise<number> {
  checkPrompt(prompt);
  const pipeline = await whileLoading(host, options, (download) =>
    loadPipeline({ ...pipelineOptionsOf(options), ...mergeReporter(host, options), ...download }),
  );
  const reporter = new SamplingReporter(host, options.quiet ?? false);
  const interruption = new Interruption(host.signals, {
    onFirst: () => {},
    onSecond: () => reporter.close(),
  });
  try {
    const asked = pipeline.settings(sampleOptionsOf(options));
    const { negative = '', seeds = DEFAULT_SEEDS } = options;
    tellOfExecution(host, options, pipeline.execution);
    warn(host, options, pipeline.model.remarks ?? []);
    warn(host, options, preflightPictures(pipeline, { ...asked, prompt, negativePrompt: negative }));
    const { vaeTiling, ignoreMemory } = options;
    const { settings, warnings } = applyMemoryFit(pipeline, {
      work: 'sampling',
      settings: asked,
      vaeTiling,
      ignoreMemory,
    });
    warn(host, options, warnings);
    // A device that cannot be used shows here, and leaves no folder behind.
    await pipeline.text.encode(prompt);
    // Made first, so that a folder that cannot be written costs no sampling.
    const folder = await madeFolder(options.out ?? (await defaultRunDir(prompt, host.date())));
    const requests = seeds.map((seed) => ({ prompt, negativePrompt: negative, seed }));
    const images = await pipeline.generate(requests, {
      ...settings,
      signal: interruption.signal,
      onStep: reporter.stepListener(requests.length),
    });
    const losses = await pipeline.score(images, prompt);
    const pictures = requests.map((request, i) => ({
      ...request,
      loss: losses[i]!,
      image: rowAt(images, i),
    }));
    const recorded = pictureSettings(pipeline, settings);
    const written = await writePictures(pictures, folder, recorded);
    reporter.close();
    warn(
      host,
      options,
      pictures.map((picture) => faultWarning(picture, pipeline.execution)),
    );
    print(host, { prompt, negativePrompt: negative, settings: recorded, images: written }, options);
    return EXIT_OK;
  } catch (error) {
    const { received, signal } = interruption;
    if (received === null || error !== signal.reason) throw error;
    reporter.close();
    host.stderr.write(`Stopped by ${signalName(received)}; no picture was written.\n`);
    return SIGNAL_EXIT[received];
  } finally {
    reporter.close();
    interruption.dispose();
  }
}

function faultWarning({ seed, image, loss }: Picture, { precision }: Execution): string | undefined {
  const fault = pictureFault(floatTensor([1, ...image.shape], image.data), [loss], precision);
  return fault === undefined ? undefined : `On seed ${seed} ${fault}.`;
}

async function madeFolder(dir: string): Promise<string> {
  try {
    await makeFolder(dir);
    return dir;
  } catch (cause) {
    throw fileWriteError(dir, cause);
  }
}

async function writePictures(
  pictures: readonly Picture[],
  folder: string,
  settings: PictureSettings,
): Promise<Generated['images']> {
  const written = [];
  for (const { image, loss, ...request } of pictures) {
    const path = join(folder, `seed-${request.seed}.png`);
    const parameters = generationParameters({ ...request, settings });
    await writeFileAtomically(path, encodePng(image, { [PARAMETERS_KEYWORD]: parameters }));
    written.push({ seed: request.seed, path, loss });
  }
  return written;
}

function print({ stdout }: Host, generated: Generated, { json }: CliOptions): void {
  const paths = generated.images.map(({ path }) => `${path}\n`).join('');
  stdout.write(json ? `${JSON.stringify(generated)}\n` : paths);
}
