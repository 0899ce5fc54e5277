/** @file From what a user names as scorers to what a pipeline asks: CLIP models get their programs here. */
import type { ClipFolder } from '../checkpoint/clip-folder.ts';
import { DpoError } from '../errors.ts';
import { ClipScorer } from './clip-scorer.ts';
import { CombinedScorer } from './combined-scorer.ts';
import type { ProgramTable } from './program-table.ts';
import type { ClipLoss, Scorer, WeightedScorer } from './scorer.ts';

/** A CLIP model on disk, or anything that judges pictures. */
export type ScorerSource = ClipFolder | Scorer;

export interface ScorerSetup {
  /** At least one. */
  readonly scorers: readonly WeightedScorer<ScorerSource>[];
  /** Judges what was found; not one of `scorers`. */
  readonly heldOut?: Omit<WeightedScorer<ScorerSource>, 'weight'>;
  /** Of CLIP scorers. @default 'spherical' */
  readonly loss?: ClipLoss;
}

/**
 * @param programs shared with the decoder
 * @param ownPrograms makes a table for each CLIP
 * @throws {DpoError} INVALID_OPTION for a weight that is not above 0, or a scorer that is given twice
 */
export function makeScorers(
  given: ClipFolder | ScorerSetup,
  programs: ProgramTable,
  ownPrograms: () => ProgramTable,
): { scorer: CombinedScorer; heldOut: CombinedScorer | undefined } {
  const setup: ScorerSetup = 'scorers' in given ? given : { scorers: [{ scorer: given }] };
  const made = new Map<ScorerSource, Scorer>();
  const make = <T extends WeightedScorer<ScorerSource>>(weighted: T) => {
    const source = known([...made.keys()], weighted.scorer);
    const scorer = made.get(source) ?? asScorer(source, ownPrograms, setup.loss);
    made.set(source, scorer);
    return { ...weighted, scorer };
  };
  const scorer = new CombinedScorer(setup.scorers.map(make), programs);
  const heldOut = setup.heldOut && make(setup.heldOut);
  if (heldOut && scorer.scorers.some((part) => part.scorer === heldOut.scorer)) {
    throw notHeldOut(heldOut.scorer.name);
  }
  return { scorer, heldOut: heldOut && new CombinedScorer([heldOut], programs) };
}

/** One CLIP that was opened twice is one scorer. */
function known(sources: readonly ScorerSource[], source: ScorerSource): ScorerSource {
  if (isScorer(source)) return source;
  return sources.find((other) => !isScorer(other) && other.dir === source.dir) ?? source;
}

function asScorer(source: ScorerSource, ownPrograms: () => ProgramTable, loss?: ClipLoss): Scorer {
  return isScorer(source) ? source : new ClipScorer(source, ownPrograms(), loss);
}

function isScorer(source: ScorerSource): source is Scorer {
  return 'losses' in source;
}

function notHeldOut(name: string): DpoError {
  return new DpoError(
    'INVALID_OPTION',
    `The held-out scorer ${name} is also one that the search follows, so it could not tell whether the search games it. Choose another for one of them.`,
    { details: { option: 'heldOutScorer' } },
  );
}
