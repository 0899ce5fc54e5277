/** @file The kinds of reports that there are. */
import type { ReportKind } from '../experiment-definition.ts';

const KINDS: Readonly<Record<ReportKind, true>> = {
  comparison: true,
  'random-prompts': true,
  progress: true,
  budget: true,
  'gradient-norm': true,
  'gradient-agreement': true,
};

export const REPORT_KINDS = Object.keys(KINDS) as readonly ReportKind[];

export function isReportKind(kind: unknown): kind is ReportKind {
  return REPORT_KINDS.some((known) => known === kind);
}
