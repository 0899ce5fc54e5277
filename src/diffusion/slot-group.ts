/** @file Slots that are read together: the weight of each combination of their choices, and its gradient back to each slot. */

type Row = ArrayLike<number>;

/** The product of the rows' weights for every combination, the last row varying fastest. */
export function combinationWeights(rows: readonly Row[]): Float64Array {
  return rows.reduce<Float64Array>(
    (weights, row) =>
      Float64Array.from({ length: weights.length * row.length }, (_, i) => {
        const choice = i % row.length;
        return weights[(i - choice) / row.length] * row[choice];
      }),
    Float64Array.of(1),
  );
}

/** The gradient with respect to each row, from that with respect to the weights of the combinations. */
export function rowGradients(rows: readonly Row[], gradient: Row): Float64Array[] {
  return rows.map((row, slot) => {
    // With weight 1 for each choice in turn, the others keep theirs: the product rule without a division.
    const after = rows.slice(slot + 1).reduce((product, { length }) => product * length, 1);
    const others = combinationWeights(
      rows.map((each, i) => (i === slot ? new Float64Array(each.length).fill(1) : each)),
    );
    const sums = new Float64Array(row.length);
    for (let i = 0; i < others.length; i++)
      sums[Math.floor(i / after) % row.length] += others[i] * gradient[i];
    return sums;
  });
}
