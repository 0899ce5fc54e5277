/** @file One line of progress, as much of it as a width has room for. */
import { durationText } from './duration-text.ts';

/** What there is to say at a moment. */
export interface Progress {
  /** `evaluation 12 of ~40`. */
  readonly activity: string;
  /** 0 to 1. */
  readonly fraction: number;
  /** Loss of the best so far and of the original; null while there is none. */
  readonly best: number | null;
  readonly original: number | null;
  /** Seconds since the beginning. */
  readonly elapsed: number;
  /** Seconds to go, an estimate; null where nothing sensible can be said. */
  readonly remaining: number | null;
}

const MAX_BAR = 24;
const MIN_BAR = 8;
const GAP = '  ';

const CYAN = '\u001b[36m';
const DIM = '\u001b[2m';
const RESET = '\u001b[0m';

/** At most `width` columns; colour codes take none. The bar goes first when it gets narrow, then the times, then the loss. */
export function progressText(progress: Progress, width: number, color: boolean): string {
  const percent = `${String(Math.floor(progress.fraction * 100)).padStart(2)} %`;
  const parts = [percent, progress.activity, lossText(progress), timeText(progress)].filter(Boolean);
  const last = parts.length - 1;
  const fitting = [parts, parts.slice(0, last), parts.slice(0, 2), [progress.activity]].find(
    (some) => some.join(GAP).length <= width,
  );
  if (fitting === undefined) return progress.activity.slice(0, width);
  const text = fitting.join(GAP);
  const room = Math.min(MAX_BAR, width - text.length - GAP.length);
  if (fitting !== parts || room < MIN_BAR) return text;
  return `${bar(progress.fraction, room, color)}${GAP}${text}`;
}

/** A bar of `length` columns, `fraction` of it full. */
export function bar(fraction: number, length: number, color: boolean): string {
  const done = Math.round(Math.min(1, Math.max(0, fraction)) * length);
  const [full, empty] = ['█'.repeat(done), '░'.repeat(length - done)];
  return color ? `${CYAN}${full}${RESET}${DIM}${empty}${RESET}` : full + empty;
}

function lossText({ best, original }: Progress): string {
  if (best === null) return '';
  if (original === null || best === original) return `loss ${best.toFixed(3)}`;
  return `loss ${original.toFixed(3)} → ${best.toFixed(3)}`;
}

function timeText({ elapsed, remaining }: Progress): string {
  const left = remaining === null ? '' : `, ~${durationText(remaining)} left`;
  return `${durationText(elapsed)}${left}`;
}
