/** @file What can go wrong between us and the hub, as sentences that say what to do. */
import { DpoError } from '../../errors.ts';
import { type HubName, hubNameText } from './hub-name.ts';
import type { HubSettings } from './hub-settings.ts';

/** What a request was about. */
export interface HubSubject {
  readonly name: HubName;
  readonly settings: HubSettings;
}

/** A failure that may be gone in a moment: no connection, a cut, a server that is busy. */
export class TemporaryFailure extends Error {
  override readonly name = 'TemporaryFailure';
  /** Milliseconds that the server asks to wait; undefined where it does not say. */
  readonly retryAfterMs: number | undefined;
  /** The HTTP status; undefined where there was no answer. */
  readonly status: number | undefined;
  /** Whether there was not even a connection. */
  readonly isUnreachable: boolean;

  constructor(
    reason: string,
    options: {
      readonly cause?: unknown;
      readonly status?: number;
      readonly retryAfterMs?: number;
      readonly isUnreachable?: boolean;
    } = {},
  ) {
    super(reason, { cause: options.cause });
    this.isUnreachable = options.isUnreachable ?? false;
    this.status = options.status;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** What the hub's answer of another status than success means. `code` is its header `x-error-code`. */
export function refusalError(
  status: number,
  { code, message }: { readonly code: string | null; readonly message: string | null },
  subject: HubSubject,
): DpoError {
  const { name } = subject;
  if (code === 'GatedRepo') return gatedError(subject);
  if (code === 'RevisionNotFound') return noRevisionError(subject);
  if (code === 'EntryNotFound') return noFileError(subject);
  if (code === 'RepoNotFound') return noModelError(subject);
  if (status === 401 && message?.startsWith('Invalid credentials')) return badTokenError(subject);
  // To those who may not see a private model the hub says the same as where there is none.
  if (status === 401 || status === 404) return noModelError(subject);
  const said = message ? `: ${message}` : '';
  if (status === 403) {
    return hubError(subject, `The hub refuses access to ${name.repo}${said}. ${tokenAdvice(subject)}`);
  }
  const sentence = `${subject.settings.endpoint} answers ${status} for ${name.repo}${said}.`;
  return new DpoError('DOWNLOAD_FAILED', sentence, { details: { repo: name.repo, status } });
}

/** What remains to be said when a temporary failure did not go away. */
export function lastingError(failure: TemporaryFailure, subject: HubSubject, doing: string): DpoError {
  const { endpoint } = subject.settings;
  const { repo } = subject.name;
  const details = { repo, endpoint };
  if (failure.status !== undefined) {
    const advice = failure.status === 429 ? `Wait a while. ${tokenAdvice(subject)}` : 'Try again later.';
    const message = `${doing} failed: ${endpoint} ${failure.message}. ${advice}`;
    return new DpoError('DOWNLOAD_FAILED', message, { cause: failure, details });
  }
  const message = `${doing} failed: ${endpoint} cannot be reached (${failure.message}). Check the connection; a mirror is named by HF_ENDPOINT, and a model on disk by its folder.`;
  return new DpoError('NETWORK', message, { cause: failure, details });
}

export function noModelError(subject: HubSubject): DpoError {
  const { name, settings } = subject;
  const hidden = settings.token
    ? `if it is private, the token in ${settings.token.source} has no access to it`
    : 'if it is private, set HF_TOKEN';
  const message = `There is no file or folder ${name.repo} here, and no such model at ${settings.endpoint}. Check the spelling; ${hidden}.`;
  return hubError(subject, message);
}

/** Without the network there must be everything in the cache. */
export function notCachedError(subject: HubSubject, missing: readonly string[], reason: string): DpoError {
  const { name, settings } = subject;
  const found =
    missing.length === 0
      ? `is not in the cache ${settings.cacheDir}`
      : `is not complete in the cache ${settings.cacheDir} (it lacks ${missing.slice(0, 4).join(', ')})`;
  return hubError(
    subject,
    `${hubNameText(name)} ${found}, and there is no file or folder of that name; ${reason}.`,
  );
}

export function incompleteError(subject: HubSubject, missing: readonly string[]): DpoError {
  const message = `${hubNameText(subject.name)} is not a complete model: it has no ${missing.join(', no ')}.`;
  return new DpoError('UNSUPPORTED_MODEL', message, { details: { repo: subject.name.repo, missing } });
}

export function corruptedError(subject: HubSubject, path: string, found: string): DpoError {
  const message = `${path} of ${subject.name.repo} arrived damaged twice: ${found}. Nothing of it was kept; a proxy or a mirror between here and ${subject.settings.endpoint} may change what it passes on.`;
  return new DpoError('DOWNLOAD_FAILED', message, { details: { repo: subject.name.repo, path } });
}

/** The hub, or what stands in its place, said something that is no answer. */
export function nonsenseError(subject: HubSubject, what: string, cause?: unknown): DpoError {
  const message = `${subject.settings.endpoint} does not speak the hub's language: ${what}. Is HF_ENDPOINT right, or does a proxy ask for a login?`;
  return new DpoError('DOWNLOAD_FAILED', message, { details: { repo: subject.name.repo }, cause });
}

function gatedError(subject: HubSubject): DpoError {
  const { name, settings } = subject;
  const page = `${settings.endpoint}/${name.repo}`;
  const advice = settings.token
    ? `Accept its terms at ${page} with the account of the token in ${settings.token.source}; a fine-grained token must also allow gated repositories`
    : `Accept its terms at ${page}, make a token at ${settings.endpoint}/settings/tokens, and set HF_TOKEN`;
  return hubError(
    subject,
    `The model ${name.repo} is gated: its owner lets in only whom they know. ${advice}.`,
  );
}

function noRevisionError(subject: HubSubject): DpoError {
  const { repo, revision } = subject.name;
  const message = `The model ${repo} has no revision "${revision}". A revision is a branch, a tag or a commit, see ${subject.settings.endpoint}/${repo}/tree/main.`;
  return hubError(subject, message);
}

/** @param others names that may have been meant */
export function noFileError(subject: HubSubject, others: readonly string[] = []): DpoError {
  const { repo, file, revision } = subject.name;
  const hint = others.length === 0 ? '' : ` It has ${others.slice(0, 6).join(', ')}.`;
  return hubError(subject, `The model ${repo} has no file "${file}" in its revision "${revision}".${hint}`);
}

function badTokenError(subject: HubSubject): DpoError {
  const { token, endpoint } = subject.settings;
  const message = `${endpoint} does not know the token in ${token?.source ?? 'HF_TOKEN'}. It may be expired: make another at ${endpoint}/settings/tokens.`;
  return hubError(subject, message);
}

function tokenAdvice({ settings }: HubSubject): string {
  return settings.token
    ? `The token in ${settings.token.source} was sent.`
    : 'A token in HF_TOKEN may help; none was sent.';
}

function hubError({ name, settings }: HubSubject, message: string): DpoError {
  return new DpoError('HUB', message, { details: { ...name, endpoint: settings.endpoint } });
}
