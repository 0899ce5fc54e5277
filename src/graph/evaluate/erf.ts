/** @file The error function to double precision: finite differences of step 1e-5 need it. */

/** From here on erf is 1 to the last bit. */
const SATURATION = 6;

/**
 * erf(x) = 2 / sqrt(pi) exp(-x^2) (x + 2 x^3 / 3 + 4 x^5 / 15 + …): each term is the one before times 2 x^2 / (2 n + 1).
 * All terms have the sign of x, so nothing cancels.
 */
export function erf(x: number): number {
  // Written so that NaN, too, comes back as it is.
  if (!(Math.abs(x) < SATURATION)) return Math.sign(x);
  let sum = 0;
  let term = x;
  for (let n = 1; sum + term !== sum; n++) {
    sum += term;
    term *= (2 * x * x) / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}
