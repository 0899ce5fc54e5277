/** @file Whether the shape of what was found agrees with what the paper found: statements, each checked with its interval. */
import type { BootstrapInterval } from '../../statistics/paired-bootstrap.ts';
import { sideOf } from './measured-mean.ts';
import type { ValueStyle } from './report-block.ts';
import { valueText } from './value-text.ts';

/** `open`: not told apart from the contrary, because the interval includes the border, mostly 0. */
export type ClauseState = 'holds' | 'contradicted' | 'open' | 'unmeasured';

export const STATE_TEXTS: Readonly<Record<ClauseState, string>> = {
  holds: 'holds',
  contradicted: 'contradicted',
  open: 'not told apart',
  unmeasured: 'not measured',
};

/** One statement of the paper, and what the rows say of it. */
export interface Clause {
  /** A sentence without full stop. */
  readonly claim: string;
  readonly state: ClauseState;
  /** The numbers. */
  readonly measured: string;
}

export interface Verdict {
  /** Null where it is undecided, or where the paper says nothing that could be checked. */
  readonly agrees: boolean | null;
  readonly sentence: string;
  /** What else is to be said, which the paper does not look at: a sentence. */
  readonly beyond?: string;
  readonly clauses: readonly Clause[];
}

export interface Claim {
  readonly claim: string;
  /** On which side of `than` the claim puts it. */
  readonly wanted: 'below' | 'above';
  /** @default 0 */
  readonly than?: number;
  readonly as: ValueStyle;
  /** What the number is, such as `gradient minus evolution`. */
  readonly what: string;
}

/** With fewer pairs not even a sign test can reach 5 %: of five prompts, all five on one side happen by chance once in 16 times. */
const FEWEST_PROMPTS = 6;

/** The claim against what was measured: it holds where the whole interval lies on the wanted side. */
export function clauseOf(
  { claim, wanted, than = 0, as, what }: Claim,
  estimate: BootstrapInterval | null,
): Clause {
  if (estimate === null) return { claim, state: 'unmeasured', measured: 'not measured' };
  const side = sideOf(estimate, than);
  const measured = `${what} ${valueText(estimate, { as })}`;
  if (side === null) return { claim, state: 'open', measured: `${measured}, one prompt, so no interval` };
  if (estimate.count < FEWEST_PROMPTS)
    return { claim, state: 'open', measured: `${measured}, of ${estimate.count} prompts, which are too few` };
  if (side === 0) return { claim, state: 'open', measured: `${measured}: not told apart` };
  return { claim, state: side === (wanted === 'above' ? 1 : -1) ? 'holds' : 'contradicted', measured };
}

/** All statements together: one that is contradicted decides, one that is open or not measured leaves it undecided. */
export function verdictOf(clauses: readonly Clause[]): Verdict {
  const of = (state: ClauseState) => clauses.filter((clause) => clause.state === state);
  if (clauses.length === 0 || of('unmeasured').length === clauses.length)
    return { agrees: null, sentence: 'Undecided: nothing was measured yet that could tell.', clauses };
  if (of('contradicted').length > 0)
    return { agrees: false, sentence: disagreement(clauses.length, of('contradicted')), clauses };
  const missing = [...of('open'), ...of('unmeasured')];
  if (missing.length > 0) return { agrees: null, sentence: doubt(clauses.length, missing), clauses };
  const all = ['the statement holds', 'both statements hold'][clauses.length - 1];
  return {
    agrees: true,
    sentence: `The shape agrees with the paper's: ${all ?? `all ${clauses.length} statements hold`}.`,
    clauses,
  };
}

function disagreement(count: number, contradicted: readonly Clause[]): string {
  const which = contradicted.map(({ claim }) => `“${claim}”`).join('; ');
  return `The shape does not agree with the paper's: ${contradicted.length} of ${count} statements ${contradicted.length === 1 ? 'is' : 'are'} contradicted: ${which}.`;
}

function doubt(count: number, missing: readonly Clause[]): string {
  const which = missing
    .map(({ claim, state }) => `“${claim}” (${state === 'open' ? 'not told apart' : 'not measured'})`)
    .join('; ');
  const rest = count - missing.length;
  const held =
    rest === 0
      ? ''
      : ` ${rest} of ${count} statements ${rest === 1 ? 'holds' : 'hold'}, none is contradicted.`;
  return `Undecided: ${which}.${held}`;
}
