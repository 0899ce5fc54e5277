/** @file Damage to safetensors files: lengths that lie, headers that are no JSON, tensors that overlap, end late or mean something else. */
import type { Draw } from './draw.ts';
import { mutateBytes } from './mutate-bytes.ts';
import { mutateJson } from './mutate-json.ts';

interface Entry {
  dtype: string;
  shape: number[];
  data_offsets: number[];
}

const LENGTH_BYTES = 8;
const DTYPES = ['F32', 'F16', 'BF16', 'I64', 'I32', 'U8', 'BOOL', 'F64', 'C64', 'F8_E4M3', 'Q4', 'f32', ''];
const SIZES = [0, 1, 2, 3, -1, 0.5, 2 ** 16, 2 ** 31, 2 ** 32, 2 ** 52, 2 ** 53, 2 ** 62, 1e300];

/** `bytes`, a sound file, damaged. `donors` are other sound files. */
export function mutateSafetensors(bytes: Buffer, draw: Draw, donors: readonly Buffer[]): Buffer {
  const length = Number(bytes.readBigUInt64LE());
  const header = bytes.subarray(LENGTH_BYTES, LENGTH_BYTES + length).toString('utf8');
  const data = bytes.subarray(LENGTH_BYTES + length);
  switch (draw.below(6)) {
    case 0:
      return mutateBytes(bytes, draw, donors);
    case 1:
      return Buffer.concat([claimedLength(length, bytes.length, draw), bytes.subarray(LENGTH_BYTES)]);
    case 2:
      return assembled(mutateJson(header, draw, [header, '[1, {"a": 2}]']), data, draw);
    case 3:
      return assembled(
        header,
        draw.chance(0.5) ? data.subarray(0, draw.place(data.length)) : longer(data, draw),
      );
    default:
      return assembled(lyingHeader(header, draw), data, draw);
  }
}

/** A file of that header and data, sound as far as its length goes. */
function assembled(header: string, data: Buffer, draw?: Draw): Buffer {
  const json = Buffer.from(header);
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeBigUInt64LE(BigInt(json.length));
  const rest = draw?.chance(0.1) ? data.subarray(0, draw.place(data.length)) : data;
  return Buffer.concat([length, json, rest]);
}

function claimedLength(length: number, fileSize: number, draw: Draw): Buffer {
  const lies = [0, 1, length - 1, length + 1, fileSize, fileSize - 8, 2 ** 31, 2 ** 32, 2 ** 40, 2 ** 53];
  const claimed = draw.chance(0.2) ? 2n ** 64n - 1n - BigInt(draw.below(9)) : BigInt(draw.pick(lies));
  const buffer = Buffer.alloc(LENGTH_BYTES);
  buffer.writeBigUInt64LE(BigInt.asUintN(64, claimed));
  return buffer;
}

function longer(data: Buffer, draw: Draw): Buffer {
  return Buffer.concat([data, Buffer.alloc(1 + draw.below(64), draw.pick(['\0', '{']))]);
}

/** A header in the right form that says something untrue about one to four tensors. */
function lyingHeader(header: string, draw: Draw): string {
  const entries = JSON.parse(header) as Record<string, Entry>;
  const keys = Object.keys(entries).filter((key) => key !== '__metadata__');
  for (let lies = 1 + draw.below(4); lies > 0; lies--) {
    const key = draw.pick(keys);
    const entry = entries[key];
    if (entry === undefined) continue;
    const other = entries[draw.pick(keys)] ?? entry;
    lie(entries, key, entry, other, draw);
  }
  return JSON.stringify(entries);
}

function lie(entries: Record<string, Entry>, key: string, entry: Entry, other: Entry, draw: Draw): void {
  const [begin = 0, end = 0] = entry.data_offsets;
  const [otherBegin = 0, otherEnd = 0] = other.data_offsets;
  switch (draw.below(8)) {
    case 0:
      entry.dtype = draw.pick(DTYPES);
      break;
    case 1:
      entry.shape = entry.shape.map((size) => (draw.chance(0.5) ? draw.pick(SIZES) : size));
      break;
    case 2:
      entry.shape = draw.chance(0.5)
        ? []
        : Array.from({ length: draw.pick([1, 9, 3000]) }, () => draw.pick([1, 0, 2]));
      break;
    case 3:
      entry.data_offsets = [begin + draw.pick([-1, 1, 4, 2 ** 40]), end + draw.pick([0, 1, 2 ** 53])];
      break;
    case 4:
      [entry.data_offsets, other.data_offsets] = [
        [otherBegin, otherEnd],
        [begin, end],
      ];
      break;
    case 5:
      entry.data_offsets = [otherBegin, otherEnd];
      entry.shape = [...other.shape];
      break;
    case 6:
      delete entries[key];
      break;
    default:
      entries[draw.pick([`${key}.x`, key.slice(0, -1), key.toUpperCase(), `${key}\0`, 'x'.repeat(2000)])] = {
        ...entry,
      };
  }
}
