/** @file What one kind of report makes of the rows. */
import type { ReportSection } from './report-block.ts';
import type { Verdict } from './verdict.ts';

export interface Analysis {
  readonly verdict: Verdict;
  /** None where there are no rows. */
  readonly sections: readonly ReportSection[];
}
