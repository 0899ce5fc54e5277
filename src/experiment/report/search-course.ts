/** @file How good a search's best was when it had spent so much. */
import type { CoursePoint, StudyRow } from '../experiment-row.ts';
import { finiteMean } from './measured-mean.ts';
import type { RunRows } from './rows-by-run.ts';

/** What is spent. */
export type Spending = 'spent' | 'unetCalls';

/** The course's last point at or before `amount`; undefined while only the original was there, or nothing at all. */
export function pointAt({ course }: StudyRow, spending: Spending, amount: number): CoursePoint | undefined {
  return course.findLast((point) => point[spending] <= amount && Number.isFinite(point.bestLoss));
}

/** The best loss after `amount`; before the first point it is the original's. Null where that could not be scored. */
export function bestLossAt(row: StudyRow, spending: Spending, amount: number): number | null {
  const point = amount > 0 ? pointAt(row, spending, amount) : undefined;
  return point?.bestLoss ?? finiteMean(row.original.losses);
}

/** What a search spent in all. */
export function spentBy(row: StudyRow, spending: Spending): number {
  return row.course.at(-1)?.[spending] ?? 0;
}

/** The most that any of `rows` spent; 0 without rows. */
export function mostSpent(rows: readonly StudyRow[], spending: Spending): number {
  return rows.reduce((most, row) => Math.max(most, spentBy(row, spending)), 0);
}

/** What a note about courses adds where some searches saw other pictures than those whose losses are told; empty where none did. */
export function inexactSearchNote(runs: readonly RunRows<'study'>[]): string {
  const inexact = runs.filter(({ rows }) => rows.some(({ confirmed }) => confirmed !== undefined));
  if (inexact.length === 0) return '';
  const names = inexact.map(({ run }) => run).join(', ');
  return ` Searches whose own pictures are not exact (${names}) are told by the exact pictures of what was their best at each point. They did not see these before the end, so such a loss can get worse on the way.`;
}
