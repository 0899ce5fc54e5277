/** @file What `score` does: compares a picture with a prompt. */

import type { CombinedPart } from '../../diffusion/combined-scorer.ts';
import type { ClipLoss } from '../../diffusion/scorer.ts';
import { DpoError } from '../../errors.ts';
import { checkPrompt } from '../../study/check-prompt.ts';
import { loadPipeline } from '../../study/load-pipeline.ts';
import { readImage } from '../../study/read-image.ts';
import { clipLossOf } from '../../study/scorer-settings.ts';
import { scorerTruncationWarning } from '../../study/truncation-warning.ts';
import { type FloatTensor, floatTensor } from '../../tensor/tensor.ts';
import { EXIT_OK } from '../exit-code.ts';
import type { Host } from '../host.ts';
import type { CliOptions } from '../shared-options.ts';
import { pipelineOptionsOf } from '../study-options-of.ts';
import { tellOfExecution } from '../tell-of-execution.ts';
import { textTable } from '../text-table.ts';
import { warn } from '../warn.ts';
import { whileLoading } from '../while-loading.ts';

export interface ScoreRequest {
  /** A file. */
  readonly image: string;
  readonly prompt: string;
}

export async function runScore(host: Host, request: ScoreRequest, options: CliOptions): Promise<number> {
  checkPrompt(request.prompt);
  const image = await readImage(request.image);
  const pipeline = await whileLoading(host, options, (download) =>
    loadPipeline({ ...pipelineOptionsOf(options), ...download }),
  );
  tellOfExecution(host, options, pipeline.execution);
  warn(host, options, [scorerTruncationWarning(pipeline.scorer, request.prompt)]);
  const { losses, byScorer } = await pipeline.scorer.losses(asBatch(image), request.prompt);
  const [loss] = losses;
  if (!Number.isFinite(loss)) {
    throw new DpoError('EXECUTION_FAILED', `The scorer gives no number for ${request.image}, but ${loss}.`);
  }
  const scores = pipeline.scorer.scorers.map((part, i) => scoreOf(part, byScorer[i][0]));
  const [{ cosineSimilarity }] = scores;
  const total = {
    loss,
    ...(scores.length === 1 && cosineSimilarity !== undefined && { cosineSimilarity }),
    scorers: scores,
  };
  host.stdout.write(options.json ? `${JSON.stringify({ ...request, ...total })}\n` : scoreText(total));
  return EXIT_OK;
}

/** What one scorer says, its loss not multiplied by its weight. */
interface ScorerScore {
  readonly scorer: string;
  readonly weight: number;
  readonly loss: number;
  /** `spherical` or `cosine`; absent where the scorer is no CLIP. */
  readonly kind?: ClipLoss;
  /** Of the embeddings of picture and prompt; absent where the scorer is no CLIP. */
  readonly cosineSimilarity?: number;
}

function scoreOf({ scorer, label, weight }: CombinedPart, loss: number): ScorerScore {
  const kind = clipLossOf(scorer);
  return {
    scorer: label,
    weight,
    loss,
    ...(kind && { kind, cosineSimilarity: cosineOf(loss, kind) }),
  };
}

/** The spherical loss is half the square of the angle between the embeddings, the cosine loss one less its cosine. */
export function cosineOf(loss: number, kind: ClipLoss = 'spherical'): number {
  return kind === 'spherical' ? Math.cos(Math.sqrt(2 * loss)) : 1 - loss;
}

function scoreText({ loss, scorers }: { loss: number; scorers: readonly ScorerScore[] }): string {
  const rows = scorers.flatMap((score) => scorerRows(score, scorers.length === 1));
  const total = [['total', loss.toFixed(4), `(${scorers.map(termText).join(' + ')})`]];
  const isPlain = scorers.length === 1 && scorers[0].weight === 1;
  return `${textTable([...rows, ...(isPlain ? [] : total)], [1]).join('\n')}\n`;
}

function scorerRows({ scorer, loss, kind, cosineSimilarity }: ScorerScore, isOnly: boolean): string[][] {
  const by = isOnly ? '' : `${scorer}, `;
  const rows = [
    [`${by}${kind === undefined ? 'loss' : `${kind} loss`}`, loss.toFixed(4), '(lower is better)'],
  ];
  if (cosineSimilarity === undefined) return rows;
  return [...rows, [`${by}cosine similarity`, cosineSimilarity.toFixed(4), '(higher is better)']];
}

function termText({ scorer, weight }: ScorerScore): string {
  return weight === 1 ? scorer : `${weight} × ${scorer}`;
}

function asBatch({ shape, data }: FloatTensor): FloatTensor {
  return floatTensor([1, ...shape], data);
}
