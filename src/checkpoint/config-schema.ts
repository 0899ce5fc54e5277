/**
 * @file How every configuration file is checked: first what we do not support is refused by name, then the
 * values are parsed by a schema. Both say the key, what was found and what would be accepted.
 */
import { z } from 'zod';
import { DpoError } from '../errors.ts';
import { cut, quoted, shortJson } from './short-json.ts';

/** A JSON object as read: nothing about its values is known yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** A key whose other values would change the network or its use in a way that we do not build. */
export interface Requirement {
  readonly key: string;
  /** Values that we build; a missing key is fine, since the format's default is always among them. */
  readonly accepted: readonly (string | number | boolean | null)[];
  /** What another value means, as a clause, where the key does not say it. */
  readonly otherwise?: string;
}

const MAX_ISSUES = 5;
const MAX_REASON = 200;
/** A schedule lists a thousand betas; no configuration lists more of anything. */
const MAX_LIST = 10_000;

export const positiveInteger = z.int().positive();
export const positiveNumber = z.number().positive();
/** Positions of a text encoder: room for the two marks and a word; the longest published one has 248. */
export const MAX_TEXT_LENGTH = 2 ** 14;
export const textLength = z.int().min(3).max(MAX_TEXT_LENGTH);
export const tokenId = z.int().nonnegative();

/**
 * Checks that `json` is an object whose values we can honour.
 * @param what names the component in the message, as in "UNet"
 * @throws {DpoError} INVALID_CHECKPOINT when it is no object, UNSUPPORTED_MODEL naming every refused key
 */
export function requireSupported(
  json: unknown,
  requirements: readonly Requirement[],
  what: string,
  file: string,
): JsonObject {
  const config = requireObject(json, file);
  const refused = requirements.filter(({ key, accepted }) => !isAccepted(config[key], accepted));
  if (refused.length > 0) {
    const list = refused
      .map((requirement) => describeRequirement(requirement, config[requirement.key]))
      .join('; ');
    throw new DpoError('UNSUPPORTED_MODEL', `This ${what} cannot be run: ${list} (in ${file}).`, {
      details: { file, keys: refused.map(({ key }) => key) },
    });
  }
  return config;
}

function describeRequirement({ key, accepted, otherwise }: Requirement, found: unknown): string {
  const refusal = describeRefusal(key, found, accepted);
  return otherwise === undefined ? refusal : `${refusal}: ${otherwise}`;
}

/** "key" is found, accepted: …: the wording shared by every refusal of a value. */
export function describeRefusal(key: string, found: unknown, accepted: Requirement['accepted']): string {
  return `"${key}" is ${shortJson(found)}, accepted: ${accepted.map(shortJson).join(' or ')}`;
}

/**
 * Parses `json` by `schema`.
 * @throws {DpoError} INVALID_CHECKPOINT naming every key that is missing or of the wrong kind
 */
export function parseConfig<S extends z.ZodType>(schema: S, json: unknown, file: string): z.output<S> {
  checkLists(json, file);
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const { issues } = result.error;
  const shown = issues.slice(0, MAX_ISSUES).map((issue) => describeIssue(issue, json));
  const rest = issues.length - shown.length;
  const list = shown.join('; ') + (rest > 0 ? `; and ${rest} more` : '');
  throw new DpoError('INVALID_CHECKPOINT', `The configuration ${file} is not valid: ${list}.`, {
    details: { file },
    cause: result.error,
  });
}

/** `json` as an object, or an INVALID_CHECKPOINT error. */
export function requireObject(json: unknown, file: string): JsonObject {
  if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json as JsonObject;
  throw new DpoError('INVALID_CHECKPOINT', `${file} should hold a JSON object, found ${shortJson(json)}.`, {
    details: { file },
  });
}

/** Zod notes every wrong entry, at a hundred times the size that it has in the file. */
function checkLists(json: unknown, file: string): void {
  if (typeof json !== 'object' || json === null) return;
  for (const [key, value] of Object.entries(json)) {
    if (!Array.isArray(value) || value.length <= MAX_LIST) continue;
    const message = `The configuration ${file} is not valid: ${quoted(key)} lists ${value.length} entries, more than ${MAX_LIST}.`;
    throw new DpoError('INVALID_CHECKPOINT', message, { details: { file, keys: [key] } });
  }
}

/** Whether a requirement is met; a value that is missing is. */
export function isAccepted(found: unknown, accepted: Requirement['accepted']): boolean {
  return found === undefined || accepted.some((value) => value === found);
}

function describeIssue(issue: z.core.$ZodIssue, json: unknown): string {
  const found = issue.path.reduce<unknown>(
    (value, key) => (value as Record<PropertyKey, unknown>)?.[key],
    json,
  );
  const key = issue.path.map(String).join('.');
  const where = key === '' ? 'the file' : quoted(key);
  return `${where} is ${shortJson(found)} (${cut(issue.message, MAX_REASON)})`;
}
