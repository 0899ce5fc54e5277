/** @file What to call a model that lies in a folder. */
import { basename, resolve } from 'node:path';

/** The folder's name, or `owner/name` where the folder is a snapshot in a Hugging Face cache. */
export function modelName(dir: string): string {
  const path = resolve(dir).replaceAll('\\', '/');
  const cached = /\/models--([^/]+)\/snapshots\/[^/]+$/.exec(path);
  return cached ? cached[1]!.replace('--', '/') : basename(path);
}
