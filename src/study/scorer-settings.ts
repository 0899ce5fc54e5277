/** @file How a pipeline's scorers are recorded. */
import { ClipScorer } from '../diffusion/clip-scorer.ts';
import type { Pipeline } from '../diffusion/pipeline.ts';
import type { ClipLoss, Scorer } from '../diffusion/scorer.ts';
import type { NamedScorers, PictureSettings } from './recorded-settings.ts';

type ScorerSettings = Pick<PictureSettings, 'scorer' | 'loss' | 'heldOutScorer'>;

/** Which scorers judge, for each artifact. */
export function scorerSettings({
  scorer,
  heldOutScorer,
}: Pick<Pipeline, 'scorer' | 'heldOutScorer'>): ScorerSettings {
  return {
    scorer: scorer.name,
    ...(scorer.clipLoss && { loss: scorer.clipLoss }),
    ...(heldOutScorer && { heldOutScorer: heldOutScorer.name }),
  };
}

/** The scorers as somebody named them, undefined where nobody did, or gave an object that a command line cannot name. */
export function namedScorers({
  scorer,
  heldOutScorer,
}: Pick<Pipeline, 'scorer' | 'heldOutScorer'>): NamedScorers | undefined {
  const named = scorer.scorers.flatMap(({ source, weight }) =>
    source === undefined ? [] : [{ source, weight }],
  );
  const heldOut = heldOutScorer?.scorers[0].source;
  if (named.length === 0 && heldOut === undefined) return undefined;
  return { scorers: named, ...(heldOut !== undefined && { heldOut }) };
}

/** How `scorer` measures; undefined where it is no CLIP. */
export function clipLossOf(scorer: Scorer): ClipLoss | undefined {
  return scorer instanceof ClipScorer ? scorer.loss : undefined;
}
