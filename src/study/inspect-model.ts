/** @file Inspects a model wherever it is; of one on the hub only configurations and headers come here. */
import type { HubName } from '../checkpoint/hub/hub-name.ts';
import { readHubSettings } from '../checkpoint/hub/hub-settings.ts';
import { DpoError } from '../errors.ts';
import type { CheckpointReport } from './inspect-checkpoint.ts';
import type { InspectOptions } from './inspect-options.ts';
import { inspectPath } from './inspect-path.ts';
import { type DownloadOptions, hubNameOf, locateModel } from './locate-model.ts';

/**
 * Looks into the model `nameOrPath`: a folder, or a name on the hub. Without the network the cache is looked into.
 * @throws {DpoError} as `inspectCheckpoint` does, and HUB, NETWORK or DOWNLOAD_FAILED; the signal's reason
 */
export async function inspectModel(
  nameOrPath: string,
  options: DownloadOptions & InspectOptions = {},
): Promise<CheckpointReport> {
  const name = hubNameOf(nameOrPath);
  if (name === undefined) return inspectPath(nameOrPath, options);
  const fromCache = async () =>
    inspectPath(await locateModel(nameOrPath, { ...options, role: 'model' }), options);
  if (readHubSettings().offlineBy !== undefined) return fromCache();
  try {
    return await inspectByHeaders(name, options);
  } catch (error) {
    if (!(error instanceof DpoError && error.code === 'NETWORK')) throw error;
    return fromCache();
  }
}

async function inspectByHeaders(
  name: HubName,
  options: DownloadOptions & InspectOptions,
): Promise<CheckpointReport> {
  const { mirrorHeaders } = await import('../checkpoint/hub/header-mirror.ts');
  const mirror = await mirrorHeaders(name, options);
  try {
    const report = withoutAlphas(await inspectPath(mirror.path, options));
    return withText(report, mirror.root, mirror.shownRoot);
  } catch (error) {
    if (!(error instanceof DpoError)) throw error;
    const message = error.message.replaceAll(mirror.root, mirror.shownRoot);
    throw new DpoError(error.code, message, { cause: error, details: error.details });
  } finally {
    await mirror.remove();
  }
}

/** Alphas that stand among the weights did not come along, and read as 0. */
function withoutAlphas(report: CheckpointReport): CheckpointReport {
  if (report.lora === undefined) return report;
  const layers = report.lora.layers.map((layer) => (layer.alpha === 0 ? { ...layer, alpha: null } : layer));
  return { ...report, lora: { layers } };
}

/** `value` with `shown` for every `hidden` in its texts: the reader knows the repository, not our temporary folder. */
function withText<T>(value: T, hidden: string, shown: string): T {
  const change = (part: unknown): unknown => {
    if (typeof part === 'string') return part.replaceAll(hidden, shown);
    if (Array.isArray(part)) return part.map(change);
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, change(inner)]));
  };
  return change(value) as T;
}
