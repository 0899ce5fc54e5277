/** @file Damage that knows nothing of the format: what disks, networks and text editors do. */
import type { Draw } from './draw.ts';

type ByteMutation = (bytes: Buffer, draw: Draw, donors: readonly Buffer[]) => Buffer;

const MUTATIONS: readonly ByteMutation[] = [
  function truncated(bytes, draw) {
    return bytes.subarray(0, draw.place(bytes.length));
  },
  function flippedBits(bytes, draw) {
    const copy = Buffer.from(bytes);
    for (let i = draw.below(8); i >= 0 && copy.length > 0; i--)
      copy[draw.below(copy.length)]! ^= 1 << draw.below(8);
    return copy;
  },
  function overwritten(bytes, draw) {
    const copy = Buffer.from(bytes);
    const start = draw.place(copy.length);
    return copy.fill(
      draw.pick([0, 0xff, 0x20, 0x7b, 0xc3]),
      start,
      Math.min(copy.length, start + draw.below(64)),
    );
  },
  function inserted(bytes, draw) {
    const at = draw.place(bytes.length);
    const middle = Buffer.alloc(
      1 + draw.below(64),
      draw.pick(['\0', ' ', '\n', '{', '"', '9', '\xff', '\\u']),
    );
    return Buffer.concat([bytes.subarray(0, at), middle, bytes.subarray(at)]);
  },
  function removed(bytes, draw) {
    const at = draw.place(bytes.length);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + draw.below(64))]);
  },
  function doubled(bytes, draw) {
    const at = draw.place(bytes.length);
    const end = Math.min(bytes.length, at + draw.below(256));
    return Buffer.concat([bytes.subarray(0, end), bytes.subarray(at)]);
  },
  function spliced(bytes, draw, donors) {
    const other = draw.pick(donors);
    return Buffer.concat([
      bytes.subarray(0, draw.place(bytes.length)),
      other.subarray(draw.place(other.length)),
    ]);
  },
  function anotherFile(_, draw, donors) {
    return draw.pick(donors);
  },
  function empty() {
    return Buffer.alloc(0);
  },
  function noise(_, draw) {
    return Buffer.from(Array.from({ length: draw.below(200) }, () => draw.below(256)));
  },
  function otherEncoding(bytes, draw) {
    const text = bytes.toString('utf8');
    return draw.chance(0.5) ? Buffer.from(`\uFEFF${text}`) : Buffer.from(text, 'utf16le');
  },
];

/** `bytes` with one kind of damage; `donors` are other files, to be mixed in. */
export function mutateBytes(bytes: Buffer, draw: Draw, donors: readonly Buffer[]): Buffer {
  return draw.pick(MUTATIONS)(bytes, draw, donors);
}
