/** @file A short name for anything that survives JSON: equal for equal things, and in practice for no others. */
import { createHash } from 'node:crypto';

/** SHA-256 of the JSON text, in 43 letters and digits. */
export function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url');
}
