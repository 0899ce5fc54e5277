/** @file What a file's bytes must add up to, as the hub lists it: SHA-256 for large files, git's blob hash for small ones. */
import { createHash, type Hash } from 'node:crypto';

export interface Checksum {
  readonly kind: 'sha256' | 'git-sha1';
  /** Lower case. */
  readonly hex: string;
}

/** A checksum that grows with the file. */
export class RunningChecksum {
  readonly #expected: Checksum;
  readonly #hash: Hash;

  /** @param size bytes of the whole file, which git's hash begins with */
  constructor(expected: Checksum, size: number) {
    this.#expected = expected;
    this.#hash = createHash(expected.kind === 'sha256' ? 'sha256' : 'sha1');
    if (expected.kind === 'git-sha1') this.#hash.update(`blob ${size}\0`);
  }

  update(bytes: Uint8Array): void {
    this.#hash.update(bytes);
  }

  /** Whether the bytes so far are the file; to be asked once. */
  matches(): boolean {
    return this.#hash.digest('hex') === this.#expected.hex;
  }
}
