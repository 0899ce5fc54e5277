/** @file Softmax of one row, and its derivative. */

/** `softmax(logits / temperature)`; adds up to 1. Both are float64 [choices]; temperature above 0. */
export function softmax(logits: Float64Array, temperature = 1): Float64Array {
  // The largest logit is taken off first so that no exponential overflows.
  const largest = logits.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const exponentials = logits.map((logit) => Math.exp((logit - largest) / temperature));
  const total = exponentials.reduce((a, b) => a + b, 0);
  return exponentials.map((value) => value / total);
}

/** The gradient with respect to the logits, from that with respect to `probabilities = softmax(logits / temperature)`. */
export function softmaxVjp(
  probabilities: Float64Array,
  gradient: Float64Array,
  temperature = 1,
): Float64Array {
  const mean = probabilities.reduce((sum, p, choice) => sum + p * gradient[choice], 0);
  return probabilities.map((p, choice) => (p * (gradient[choice] - mean)) / temperature);
}
