/** @file Fleiss' kappa (1971): how far several judges agree beyond what chance would give. */

/** Plain data. */
export interface JudgeAgreement {
  /** At most 1, which is perfect agreement; 0 is what chance gives; null where it is not defined. */
  readonly kappa: number | null;
  /** Why `kappa` is null: a clause without full stop. */
  readonly reason?: string;
  /** Subjects that count: those with an answer of every judge. */
  readonly subjects: number;
  readonly judges: number;
  /** Subjects that do not count, because an answer is missing. */
  readonly leftOut: number;
  /** Share of pairs of judges that agree, mean over subjects, 0 to 1; null where there is no pair. */
  readonly observed: number | null;
  /** The same if every judge answered at random with the frequencies of all answers; null where there is no answer. */
  readonly expected: number | null;
}

/**
 * Agreement of judges on `answers[subject][judge]`, undefined where a judge gave none; judges need not be the same for each subject.
 * Kappa is defined for one subject and two judges at the least, and not where all answers are the same one: chance alone would give that too.
 */
export function fleissKappa(answers: readonly (readonly (string | undefined)[])[]): JudgeAgreement {
  const judges = Math.max(0, ...answers.map((row) => row.length));
  const complete = answers.filter((row): row is readonly string[] => isComplete(row, judges));
  const counted = { subjects: complete.length, judges, leftOut: answers.length - complete.length };
  if (complete.length === 0) {
    const reason = 'there is no subject that every judge answered';
    return { kappa: null, reason, ...counted, observed: null, expected: null };
  }
  const expected = squaredShares(complete.flat());
  if (judges < 2)
    return { kappa: null, reason: 'one judge agrees with nobody', ...counted, observed: null, expected };
  const observed = complete.reduce((sum, row) => sum + agreement(row), 0) / complete.length;
  if (new Set(complete.flat()).size === 1)
    return { kappa: null, reason: 'every answer is the same one', ...counted, observed, expected };
  return { kappa: (observed - expected) / (1 - expected), ...counted, observed, expected };
}

function isComplete(row: readonly (string | undefined)[], judges: number): boolean {
  return row.length === judges && judges > 0 && !row.includes(undefined);
}

/** Share of ordered pairs of different judges that gave the same answer. */
function agreement(row: readonly string[]): number {
  const same = frequencies(row).reduce((sum, count) => sum + count * (count - 1), 0);
  return same / (row.length * (row.length - 1));
}

function squaredShares(answers: readonly string[]): number {
  return frequencies(answers).reduce((sum, count) => sum + (count / answers.length) ** 2, 0);
}

function frequencies(answers: readonly string[]): number[] {
  const counts = new Map<string, number>();
  for (const answer of answers) counts.set(answer, (counts.get(answer) ?? 0) + 1);
  return [...counts.values()];
}
