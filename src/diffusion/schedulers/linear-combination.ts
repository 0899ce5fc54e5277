/**
 * @file Weighted sums of what a sampling has seen so far. Every published sampler's next sample is one, so a sampler is written as arithmetic
 * on these, once, in float64; stepping and gradients then need no formula of any sampler.
 */

/**
 * What a sampling keeps of a model evaluation: the latents before it, the model's output for them, the picture estimated from both (clipped,
 * where the sampler clips), and fresh noise.
 */
export type QuantityKind = 'sample' | 'output' | 'original' | 'noise';

export interface Term {
  readonly kind: QuantityKind;
  /** The model evaluation that the quantity belongs to, from 0. */
  readonly step: number;
  readonly weight: number;
}

/** A sum of terms, each quantity at most once. Immutable. */
export class LinearCombination {
  /** None has weight 0. */
  readonly terms: readonly Term[];

  private constructor(terms: readonly Term[]) {
    this.terms = terms.filter(({ weight }) => weight !== 0);
  }

  static readonly zero = new LinearCombination([]);

  /** One quantity of one model evaluation. */
  static of(kind: QuantityKind, step: number): LinearCombination {
    return new LinearCombination([{ kind, step, weight: 1 }]);
  }

  plus(other: LinearCombination): LinearCombination {
    const sums = new Map(this.terms.map((term) => [quantityKey(term), term]));
    for (const term of other.terms) {
      const weight = (sums.get(quantityKey(term))?.weight ?? 0) + term.weight;
      sums.set(quantityKey(term), { ...term, weight });
    }
    return new LinearCombination([...sums.values()]);
  }

  minus(other: LinearCombination): LinearCombination {
    return this.plus(other.times(-1));
  }

  times(factor: number): LinearCombination {
    return new LinearCombination(this.terms.map((term) => ({ ...term, weight: factor * term.weight })));
  }
}

/** The same for equal quantities. */
export function quantityKey({ kind, step }: Pick<Term, 'kind' | 'step'>): string {
  return `${kind} ${step}`;
}
