/**
 * @file Text that a page carries and that cannot be read in its source: an attack's prompt, which judges see after the pictures.
 * It keeps an honest judge blind; it is no secret from one who takes the page apart. `sheet-script.ts` has the inverse.
 */

/** `text` mixed with a stream of bytes that depends on `salt`, in base64. */
export function concealedText(text: string, salt: string): string {
  const bytes = Buffer.from(text, 'utf8');
  let state = seedOf(salt);
  for (let index = 0; index < bytes.length; index++) {
    state = nextState(state);
    bytes[index] ^= state >>> 24;
  }
  return bytes.toString('base64');
}

/** FNV-1a, never 0: xorshift would stay there. */
function seedOf(salt: string): number {
  let hash = 0x811c9dc5;
  for (const character of salt) hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193);
  return hash >>> 0 || 1;
}

/** Marsaglia's xorshift, 32 bits. */
function nextState(state: number): number {
  let next = state;
  next ^= next << 13;
  next ^= next >>> 17;
  next ^= next << 5;
  return next >>> 0;
}
