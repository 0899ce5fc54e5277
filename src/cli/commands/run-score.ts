/** @file What `score` does: compares a picture with a prompt. */
import { DpoError } from '../../errors.ts';
import { checkPrompt } from '../../study/check-prompt.ts';
import { loadPipeline } from '../../study/load-pipeline.ts';
import { readImage } from '../../study/read-image.ts';
import { truncationWarning } from '../../study/truncation-warning.ts';
import { type FloatTensor, floatTensor } from '../../tensor/tensor.ts';
import { EXIT_OK } from '../exit-code.ts';
import type { Host } from '../host.ts';
import type { CliOptions } from '../shared-options.ts';
import { pipelineOptionsOf } from '../study-options-of.ts';
import { textTable } from '../text-table.ts';
import { warn } from '../warn.ts';

export interface ScoreRequest {
  /** A file. */
  readonly image: string;
  readonly prompt: string;
}

export async function runScore(host: Host, request: ScoreRequest, options: CliOptions): Promise<number> {
  checkPrompt(request.prompt);
  const image = await readImage(request.image);
  const pipeline = await loadPipeline(pipelineOptionsOf(options));
  warn(host, options, [truncationWarning([pipeline.scorer.tokenizer], request.prompt, 'prompt', 'scorer')]);
  const [loss] = await pipeline.score(asBatch(image), request.prompt);
  if (!Number.isFinite(loss)) {
    throw new DpoError('EXECUTION_FAILED', `The scorer gives no number for ${request.image}, but ${loss}.`);
  }
  const score = { loss: loss!, cosineSimilarity: cosineOf(loss!) };
  host.stdout.write(options.json ? `${JSON.stringify({ ...request, ...score })}\n` : scoreText(score));
  return EXIT_OK;
}

/** The spherical loss is half the square of the angle between the embeddings. */
export function cosineOf(loss: number): number {
  return Math.cos(Math.sqrt(2 * loss));
}

function scoreText({ loss, cosineSimilarity }: { loss: number; cosineSimilarity: number }): string {
  const rows = [
    ['spherical loss', loss.toFixed(4), '(lower is better)'],
    ['cosine similarity', cosineSimilarity.toFixed(4), '(higher is better)'],
  ];
  return `${textTable(rows, [1]).join('\n')}\n`;
}

function asBatch({ shape, data }: FloatTensor): FloatTensor {
  return floatTensor([1, ...shape], data);
}
