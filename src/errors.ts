/** @file The one error base. A message says what was expected, what was found and what to do; `code` is for programs. */

/** Errors that the caller can mend: the command line exits with 2 for them. */
export type UserErrorCode =
  | 'INVALID_OPTION'
  | 'INVALID_PROMPT'
  | 'INVALID_CHECKPOINT'
  | 'UNSUPPORTED_MODEL'
  | 'INVALID_IMAGE'
  | 'INVALID_SPACE'
  | 'INVALID_ANSWERS'
  | 'FILE_ACCESS'
  | 'DEVICE_UNAVAILABLE'
  | 'NOT_ENOUGH_MEMORY'
  | 'HUB'
  | 'NETWORK';

/** Errors that the caller cannot mend by changing an argument. */
export type SystemErrorCode = 'EXECUTION_FAILED' | 'INTERNAL' | 'DOWNLOAD_FAILED';

export type ErrorCode = UserErrorCode | SystemErrorCode;

const SYSTEM_CODES: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'EXECUTION_FAILED',
  'INTERNAL',
  'DOWNLOAD_FAILED',
]);

export interface DpoErrorOptions {
  /** The error that led to this one. */
  readonly cause?: unknown;
  /** Data for programs: the option, the file, the shapes. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Every error that dpo-diff throws on purpose. */
export class DpoError extends Error {
  override readonly name: string = 'DpoError';
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message: string, options: DpoErrorOptions = {}) {
    super(withoutControls(message), options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.details = options.details ?? {};
  }

  /** Whether the caller can mend it by changing what was asked. */
  get isUserError(): boolean {
    return !SYSTEM_CODES.has(this.code);
  }
}

/**
 * What files and prompts bring into a message must neither break the line nor command the terminal: control characters, and marks that
 * turn the direction of writing, are shown as escapes.
 */
export function withoutControls(message: string): string {
  return message.replace(
    /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Throws an INTERNAL error (a bug of ours) unless `condition` holds. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new DpoError('INTERNAL', `Internal error: ${message}. Please report it.`);
}
