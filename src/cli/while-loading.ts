/** @file Loads a model, which may mean a download: tells of it, and ends it at Ctrl-C. */
import type { DownloadOptions } from '../study/locate-model.ts';
import { DownloadReporter } from './download-reporter.ts';
import { StoppedError } from './exit-code.ts';
import type { Host } from './host.ts';
import { Interruption, signalName } from './interruption.ts';
import type { CliOptions } from './shared-options.ts';

/** Runs `load` to its end. @throws {StoppedError} when the user ends it; what `load` throws */
export async function whileLoading<T>(
  host: Host,
  { quiet }: CliOptions,
  load: (download: Required<DownloadOptions>) => Promise<T>,
): Promise<T> {
  const reporter = new DownloadReporter(host, quiet ?? false);
  const interruption = new Interruption(host.signals, {
    onFirst: () => {},
    onSecond: () => reporter.close(),
  });
  try {
    const { signal } = interruption;
    const loaded = await load({ onDownload: (event) => reporter.note(event), signal });
    signal.throwIfAborted();
    return loaded;
  } catch (error) {
    const { received, signal } = interruption;
    if (received === null || error !== signal.reason) throw error;
    const kept = reporter.isDownloading
      ? ' What has arrived is kept, and continued the next time.'
      : ' Nothing was done.';
    throw new StoppedError(received, `Stopped by ${signalName(received)}.${kept}`);
  } finally {
    reporter.close();
    interruption.dispose();
  }
}
