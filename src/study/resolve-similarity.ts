/** @file What holds an attack to the meaning of the prompt: the encoder that compares, and the least similarity. */
import type { Pipeline } from '../diffusion/pipeline.ts';
import type { TextSimilarity } from '../diffusion/sentence-encoder.ts';
import { DpoError } from '../errors.ts';
import { isEmbeddedModel } from './load-pipeline.ts';
import { embeddedSentenceEncoder } from './open-sentence-encoder.ts';
import { EMBEDDED_SCORER_THRESHOLD, PAPER_MIN_SIMILARITY } from './similarity-thresholds.ts';
import type { SimilarityConstraint } from './study-event.ts';

/**
 * `minilm` is all-MiniLM-L6-v2, which comes with the package; `clip` compares with the text tower of the scorer; any other encoder is
 * opened by `openSentenceEncoder()`.
 */
export type SimilarityChoice = 'minilm' | 'clip' | TextSimilarity;

export interface SimilarityOptions {
  /** What compares a candidate's prompt with the user's. @default `minilm`; `clip` on the embedded model with its own scorer, which alone knows the synonyms of that model's world */
  readonly similarityModel?: SimilarityChoice;
  /** The least similarity, −1 to 1. @default the one that was measured: 0.88 for MiniLM, 0.9 for the embedded model's scorer; 0.9 where nobody measured */
  readonly minSimilarity?: number;
}

export interface ResolvedSimilarity {
  readonly judge: TextSimilarity;
  readonly min: number;
  /** For records. */
  readonly constraint: SimilarityConstraint;
  readonly warnings: readonly string[];
  /** Gives back what was opened here. */
  readonly release: () => Promise<void>;
}

/**
 * The constraint of an attack; undefined where everything is allowed and nothing could compare.
 * @throws {DpoError} INVALID_OPTION
 */
export function resolveSimilarity(
  pipeline: Pipeline,
  { similarityModel = defaultChoice(pipeline), minSimilarity }: SimilarityOptions,
): ResolvedSimilarity | undefined {
  checkMinSimilarity(minSimilarity);
  const { scorer } = pipeline;
  if (similarityModel === 'clip') {
    if (minSimilarity === -1 && !scorer.comparesTexts) return undefined;
    scorer.requireTextSimilarity();
    const similarity = (one: string, other: string) => scorer.textSimilarity(one, other);
    const judge = {
      name: `the text tower of ${scorer.textJudgeName}`,
      source: 'clip',
      threshold: hasOwnWorld(pipeline) ? EMBEDDED_SCORER_THRESHOLD : undefined,
      similarity,
    };
    return resolved(judge, minSimilarity);
  }
  if (similarityModel !== 'minilm') return resolved(checkedJudge(similarityModel), minSimilarity);
  const own = embeddedSentenceEncoder();
  return { ...resolved(own, minSimilarity), release: () => own.release() };
}

function defaultChoice(pipeline: Pipeline): 'minilm' | 'clip' {
  return hasOwnWorld(pipeline) ? 'clip' : 'minilm';
}

/** Whether the embedded model is judged by its own scorer: nobody named another. */
function hasOwnWorld({ model, scorer }: Pipeline): boolean {
  const [first, ...others] = scorer.scorers;
  const isOwn = others.length === 0 && first.source === undefined && scorer.clip !== undefined;
  return isOwn && isEmbeddedModel(model.dir);
}

function resolved(judge: TextSimilarity, given: number | undefined): ResolvedSimilarity {
  const min = given ?? judge.threshold ?? PAPER_MIN_SIMILARITY;
  const isGuess = given === undefined && judge.threshold === undefined;
  const warning = `Nobody has measured which similarity by ${judge.name} stands for the same meaning; prompts below ${min} are rejected, the paper's value for sentence-T5. Another is given with --min-similarity (in code: \`minSimilarity\`).`;
  return {
    judge,
    min,
    constraint: {
      similarityModel: judge.name,
      ...(judge.source !== undefined && { source: judge.source }),
      minSimilarity: min,
    },
    warnings: isGuess ? [warning] : [],
    release: async () => {},
  };
}

function checkedJudge(judge: TextSimilarity): TextSimilarity {
  if (typeof judge?.name === 'string' && typeof judge.similarity === 'function') return judge;
  const message = `What compares prompts must be "minilm", "clip" or an object with a name and a function "similarity", got ${typeof judge === 'string' ? JSON.stringify(judge) : typeof judge}. A sentence encoder is opened with openSentenceEncoder().`;
  throw new DpoError('INVALID_OPTION', message, { details: { option: 'similarityModel' } });
}

/** @throws {DpoError} INVALID_OPTION */
export function checkMinSimilarity(value: number | undefined): void {
  if (value === undefined || (value >= -1 && value <= 1)) return;
  const message = `The least similarity must lie between −1 and 1, got ${String(value)}.`;
  throw new DpoError('INVALID_OPTION', message, { details: { option: 'minSimilarity', value } });
}
