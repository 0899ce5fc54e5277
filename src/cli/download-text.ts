/** @file One line that tells how far the download of a file is, as much of it as a width has room for. */
import type { FileProgress } from '../checkpoint/hub/download-event.ts';
import { bytesText } from './amount-text.ts';
import { durationText } from './duration-text.ts';
import { bar } from './progress-text.ts';

export interface DownloadProgress extends FileProgress {
  /** Null while it is not known. */
  readonly bytesPerSecond: number | null;
}

const MAX_BAR = 20;
const MIN_BAR = 8;
const GAP = '  ';

/** At most `width` columns; colour codes take none. The file's name stays longest; the bar goes first. */
export function downloadText(progress: DownloadProgress, width: number, color: boolean): string {
  const { path, size, done, index, files } = progress;
  const fraction = size === 0 ? 1 : done / size;
  const percent = `${String(Math.floor(fraction * 100)).padStart(2)} %`;
  const name = `${index}/${files} ${path}`;
  const parts = [percent, name, `${bytesText(done)} of ${bytesText(size)}`, ...speedTexts(progress)];
  let count = parts.length;
  while (count > 2 && lineOf(parts.slice(0, count)).length > width) count--;
  const line = lineOf(parts.slice(0, count));
  const room = Math.min(MAX_BAR, width - line.length - GAP.length);
  if (line.length > width) return shortened(path, width);
  return count === parts.length && room >= MIN_BAR ? `${bar(fraction, room, color)}${GAP}${line}` : line;
}

function speedTexts({ bytesPerSecond, size, done }: DownloadProgress): string[] {
  if (bytesPerSecond === null || bytesPerSecond <= 0) return [];
  const left = durationText((size - done) / bytesPerSecond);
  return [`${bytesText(Math.round(bytesPerSecond))}/s`, `~${left} left`];
}

function lineOf(parts: readonly string[]): string {
  return parts.join(GAP);
}

/** The end of a path says more than its beginning. */
function shortened(path: string, width: number): string {
  return path.length <= width ? path : `…${path.slice(path.length - Math.max(0, width - 1))}`;
}
