/** @file Numbers as people read them. */

const MINUS = '\u2212';

/** A loss with three decimals; a dash where there is none. */
export function formatLoss(loss: number | null): string {
  return loss === null || !Number.isFinite(loss) ? '–' : signed(loss.toFixed(3));
}

/** A difference of losses, always with its sign. */
export function formatDifference(difference: number): string {
  const text = difference.toFixed(3);
  if (Number(text) === 0) return '0.000';
  return difference > 0 ? `+${text}` : signed(text);
}

/** A share of 1 in whole percents; one that is not 0 is never shown as 0. */
export function formatShare(share: number): string {
  if (share > 0 && share < 0.005) return '<1 %';
  return `${Math.round(share * 100)} %`;
}

/** A duration, in seconds below two minutes, above in minutes and hours. */
export function formatSeconds(seconds: number): string {
  if (seconds < 119.95) return `${seconds.toFixed(1)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Whole numbers with thin spaces between thousands. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, '\u202f');
}

/** Seeds as a list, runs of three and more as a range: 0, 1, 2, 5 → "0–2, 5". */
export function formatSeeds(seeds: readonly number[]): string {
  const runs: [first: number, last: number][] = [];
  for (const seed of seeds) {
    const run = runs.at(-1);
    if (run && seed === run[1] + 1) run[1] = seed;
    else runs.push([seed, seed]);
  }
  return runs.map(runText).join(', ');
}

function runText([first, last]: readonly [number, number]): string {
  if (last - first >= 2) return `${first}–${last}`;
  return first === last ? String(first) : `${first}, ${last}`;
}

function signed(text: string): string {
  if (Number(text) === 0) return text.replace('-', '');
  return text.replace('-', MINUS);
}
