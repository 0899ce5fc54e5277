/** @file What a look at a request finds before anything is sampled. */
import { DpoError, type UserErrorCode } from '../../errors.ts';

/** What was looked at. */
export type PreflightCheck =
  | 'distilled'
  | 'no-guidance'
  | 'token-limit'
  | 'web-ui-syntax'
  | 'missing-part'
  | 'words';

/** Something that the user should know: either the request makes no sense, or it does something else than it seems to. */
export type PreflightFinding =
  | {
      readonly severity: 'refusal';
      readonly check: PreflightCheck;
      readonly code: UserErrorCode;
      readonly message: string;
      readonly details: Readonly<Record<string, unknown>>;
    }
  | { readonly severity: 'warning'; readonly check: PreflightCheck; readonly message: string };

/** The messages of the warnings, in order. @throws {DpoError} for the first refusal */
export function warningsOf(findings: readonly PreflightFinding[]): string[] {
  for (const finding of findings) {
    if (finding.severity === 'refusal') {
      const { code, message, details, check } = finding;
      throw new DpoError(code, message, { details: { ...details, check } });
    }
  }
  return findings.map(({ message }) => message);
}
