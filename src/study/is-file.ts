/** @file Whether a path is a file. */
import { stat } from 'node:fs/promises';

/** False also for what is not there, or cannot be looked at: whoever opens it says so. */
export async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isFile(),
    () => false,
  );
}
