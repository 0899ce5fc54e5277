/** @file Text chunks of PNG files (PNG specification, 11.3.3), written before the pixels so that every reader finds them. */
import { invariant } from '../errors.ts';

/** Bytes of the signature and the header chunk, which come first in every PNG. */
const HEADER_END = 33;

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
  return crc;
});

/**
 * The PNG file `png` with a chunk for each entry of `text`, its keyword 1 to 79 Latin-1 characters.
 * ASCII becomes `tEXt`, any other text `iTXt`: readers disagree whether `tEXt` holds Latin-1 or UTF-8. NUL, which neither can
 * hold, is left out.
 */
export function withPngText(png: Uint8Array, text: Readonly<Record<string, string>>): Uint8Array {
  const chunks = Object.entries(text).map(([keyword, value]) => textChunk(keyword, value));
  return Buffer.concat([png.subarray(0, HEADER_END), ...chunks, png.subarray(HEADER_END)]);
}

function textChunk(keyword: string, value: string): Uint8Array {
  invariant(
    /^[\x20-\x7e\xa1-\xff]{1,79}$/.test(keyword),
    `${JSON.stringify(keyword)} cannot be a PNG keyword`,
  );
  const text = value.replaceAll('\0', '');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII begins with them
  if (/^[\x00-\x7f]*$/.test(text)) return chunk('tEXt', Buffer.from(`${keyword}\0${text}`, 'latin1'));
  // Keyword, not compressed (two zeros), no language tag, no translated keyword.
  const head = Buffer.from(`${keyword}\0\0\0\0\0`, 'latin1');
  return chunk('iTXt', Buffer.concat([head, Buffer.from(text, 'utf8')]));
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = Buffer.alloc(data.length + 12);
  bytes.writeUInt32BE(data.length, 0);
  bytes.write(type, 4, 'latin1');
  bytes.set(data, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, data.length + 8)), data.length + 8);
  return bytes;
}

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = CRC_TABLE[(crc ^ byte) & 0xff] ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}
