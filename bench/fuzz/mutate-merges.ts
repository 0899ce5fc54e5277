/** @file Damage to the merge rules of a tokenizer. */
import type { Draw } from './draw.ts';
import { mutateBytes } from './mutate-bytes.ts';

const RULES = [
  '',
  ' ',
  'a',
  'a  b',
  'a b c',
  '\ta b',
  '#version: 0.2',
  '</w> </w>',
  '( a</w>',
  '😀 </w>',
  '\0 \0',
  'a a',
];

/** `bytes`, a `merges.txt`, with rules changed, doubled, turned round, endless or gone. */
export function mutateMerges(bytes: Buffer, draw: Draw, donors: readonly Buffer[]): Buffer {
  if (draw.chance(0.3)) return mutateBytes(bytes, draw, donors);
  const lines = bytes.toString('utf8').split('\n');
  for (let changes = 1 + draw.below(4); changes > 0; changes--) changeLine(lines, draw);
  return Buffer.from(lines.join(draw.pick(['\n', '\n', '\r\n', '\r'])));
}

function changeLine(lines: string[], draw: Draw): void {
  const at = draw.below(lines.length);
  switch (draw.below(6)) {
    case 0:
      lines[at] = draw.pick(RULES);
      break;
    case 1:
      lines[at] = (lines[at] ?? '').split(' ').reverse().join(' ');
      break;
    case 2:
      lines.splice(at, 0, ...lines.slice(0, draw.below(20)));
      break;
    case 3:
      lines.splice(at, draw.below(40));
      break;
    case 4:
      lines[at] = `${'x'.repeat(draw.pick([1, 300, 20_000]))} ${'y'.repeat(draw.pick([1, 300]))}`;
      break;
    default:
      [lines[0], lines[at]] = [lines[at] ?? '', lines[0] ?? ''];
  }
}
