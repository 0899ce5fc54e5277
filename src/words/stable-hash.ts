/** @file A hash that is the same on every machine: for orders that should look random and never change. */

/** The 32-bit FNV-1a hash of the text's UTF-16 units, mixed once more because FNV's high bits are weak for short texts. */
export function stableHash(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
