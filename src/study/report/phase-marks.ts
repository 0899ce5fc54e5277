/** @file One sign for each phase of the search, told apart by shape as well as by colour. */
import type { SearchPhase } from '../../search/search-event.ts';

interface PhaseMark {
  readonly label: string;
  /** Path data of the sign around the origin, about 10 units wide. */
  readonly path: string;
}

const CIRCLE = 'M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0z';
const DIAMOND = 'M0-5.8L5.8 0L0 5.8L-5.8 0z';
const TRIANGLE = 'M0-5.6L5.4 4H-5.4z';
const SQUARE = 'M-4.2-4.2H4.2V4.2H-4.2z';

/** The phases in the order of the legend. */
export const PHASE_MARKS: Readonly<Record<SearchPhase, PhaseMark>> = {
  original: { label: 'original', path: SQUARE },
  random: { label: 'random', path: CIRCLE },
  gradient: { label: 'drawn from the learned distribution', path: DIAMOND },
  evolution: { label: 'evolution', path: TRIANGLE },
};

const BAR = 'M-4 0H4';
const CROSS = 'M-4-4L4 4M-4 4L4-4';

/** The sign of `phase` at (x, y); `content` goes inside, such as a title. */
export function phaseMark(phase: SearchPhase, x: number, y: number, content = ''): string {
  return `<path class="mark ${phase}" transform="translate(${x} ${y})" d="${PHASE_MARKS[phase].path}">${content}</path>`;
}

/** The sign of a candidate that does not count. */
export function invalidMark(x: number, y: number, content = ''): string {
  return `<path class="mark invalid" transform="translate(${x} ${y})" d="${CROSS}">${content}</path>`;
}

/** The sign of a candidate that was stopped at an early look, at its loss there. */
export function prunedMark(x: number, y: number, content = ''): string {
  return `<path class="mark pruned" transform="translate(${x} ${y})" d="${BAR}">${content}</path>`;
}
