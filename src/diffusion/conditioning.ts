/**
 * @file What a prompt is to the UNet: the context that its cross-attention reads, and in SDXL besides the prompt as one vector.
 * The same shape holds one prompt, a batch of them, and gradients with respect to them.
 */
import { type FloatTensor, floatTensor } from '../tensor/tensor.ts';

/** The two branches of guidance, each with its own prompt. */
export type Branch = 'positive' | 'negative';

/** Of one prompt `[S, D]` and `[P]`, of a batch `[N, S, D]` and `[N, P]`. */
export interface Conditioning {
  /** Each token's state: S tokens, D the width that the UNet's cross-attention reads. */
  readonly context: FloatTensor;
  /** The prompt as one vector; SDXL alone has it. */
  readonly pooled?: FloatTensor;
}

/** `combine` of the contexts and, where there are any, of the pooled vectors. */
export function combineConditionings(
  conditionings: readonly Conditioning[],
  combine: (tensors: readonly FloatTensor[]) => FloatTensor,
): Conditioning {
  const pooled = conditionings.flatMap((conditioning) => conditioning.pooled ?? []);
  return {
    context: combine(conditionings.map(({ context }) => context)),
    ...(pooled.length > 0 && { pooled: combine(pooled) }),
  };
}

/** Each tensor of a conditioning through `change`. */
export function mapConditioning(
  conditioning: Conditioning,
  change: (tensor: FloatTensor) => FloatTensor,
): Conditioning {
  return combineConditionings([conditioning], ([tensor]) => change(tensor));
}

/** `factor` times a conditioning. */
export function scaledConditioning(conditioning: Conditioning, factor: number): Conditioning {
  if (factor === 1) return conditioning;
  return mapConditioning(conditioning, ({ shape, data }) =>
    floatTensor(
      shape,
      data.map((value) => factor * value),
    ),
  );
}

/** `sum + factor · term`, elementwise; undefined is a sum of nothing. */
export function addConditioning(sum: Conditioning | undefined, term: Conditioning, factor = 1): Conditioning {
  if (!sum) return scaledConditioning(term, factor);
  return combineConditionings([sum, term], ([a, b]) =>
    floatTensor(
      a.shape,
      a.data.map((value, i) => value + factor * b.data[i]),
    ),
  );
}

/** The inner product of two conditionings of equal shapes. */
export function conditioningDot(a: Conditioning, b: Conditioning): number {
  return dot(a.context, b.context) + (a.pooled && b.pooled ? dot(a.pooled, b.pooled) : 0);
}

function dot(a: FloatTensor, b: FloatTensor): number {
  return a.data.reduce((sum, value, i) => sum + value * b.data[i], 0);
}
