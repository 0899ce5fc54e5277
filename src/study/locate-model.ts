/** @file Where a model is: a path that exists, else a name on the hub, whose files are then brought here. */
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import type { DownloadListener } from '../checkpoint/hub/download-event.ts';
import { type HubName, parseHubName } from '../checkpoint/hub/hub-name.ts';
import { readHubSettings } from '../checkpoint/hub/hub-settings.ts';
import type { Need } from '../checkpoint/hub/needed-files.ts';
import { DpoError } from '../errors.ts';

/** How a download is followed and ended. */
export interface DownloadOptions {
  /** Told of everything that comes from the hub. */
  readonly onDownload?: DownloadListener | undefined;
  /** Ends a download; what has arrived is continued the next time. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * The path of the model `nameOrPath`; of one on the hub the files that are needed are loaded into the Hugging Face cache first.
 * What is neither there nor a name is given back as it is: whoever opens it says what is wrong.
 * @throws {DpoError} HUB, NETWORK, DOWNLOAD_FAILED, UNSUPPORTED_MODEL or FILE_ACCESS; the signal's reason
 */
export async function locateModel(nameOrPath: string, options: Need & DownloadOptions): Promise<string> {
  const name = hubNameOf(nameOrPath);
  if (name === undefined) return nameOrPath;
  // The library of the hub is loaded by those who use it.
  const { resolveModel } = await import('../checkpoint/hub/resolve-model.ts');
  return resolveModel(name, options);
}

/**
 * The name on the hub that `nameOrPath` is; undefined for a path. A path that exists wins.
 * @throws {DpoError} INVALID_OPTION for an address that is not the hub's
 */
export function hubNameOf(nameOrPath: string): HubName | undefined {
  if (existsSync(nameOrPath)) return undefined;
  const name = parseHubName(nameOrPath, readHubSettings().endpoint);
  if (name !== undefined || !/^https?:\/\//i.test(nameOrPath)) return name;
  const message = `${nameOrPath} is no model on the hub: expected an address such as https://huggingface.co/org/name, or org/name. A file from elsewhere can be downloaded and given by its path (${basename(nameOrPath)}).`;
  throw new DpoError('INVALID_OPTION', message, { details: { model: nameOrPath } });
}
