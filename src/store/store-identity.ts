/**
 * @file Whether a SQLite file is a store of ours. Many programs keep their data in SQLite files; one of theirs that is named by mistake
 * must stay as it is, so this is asked before anything is written.
 */
import { closeSync, openSync, readSync } from 'node:fs';

/** "dpo-" in ASCII; SQLite keeps it in the file's header for whoever asks what the file is. */
export const APPLICATION_ID = 0x64_70_6f_2d;

/** The tables of the first version, whose stores bear no mark. */
const FIRST_TABLES = [
  ...['evaluations', 'events', 'experiments', 'files', 'gradients'],
  ...['jobs', 'pictures', 'scores', 'studies', 'study_texts'],
];

const MAGIC = 'SQLite format 3\0';
/** Of the mark in the header, in bytes; it is big-endian. */
const APPLICATION_ID_OFFSET = 68;

/** What SQLite says of a file. */
export interface FileContent {
  readonly applicationId: number;
  readonly version: number;
  readonly tables: readonly string[];
}

/**
 * What the first bytes of a file say: that it is a store, that it is none, or, of a SQLite file without a mark, nothing. An empty file,
 * or one of zeros, is a store that another process makes at this moment.
 */
export function headerVerdict(path: string): 'store' | 'other' | 'unknown' {
  const header = headerOf(path);
  if (header.every((byte) => byte === 0)) return 'store';
  if (header.toString('latin1', 0, MAGIC.length) !== MAGIC) return 'other';
  if (header.length < APPLICATION_ID_OFFSET + 4) return 'unknown';
  const applicationId = header.readUInt32BE(APPLICATION_ID_OFFSET);
  if (applicationId === APPLICATION_ID) return 'store';
  return applicationId === 0 ? 'unknown' : 'other';
}

/** Whether it is a store, or holds nothing yet and may become one. */
export function isStore({ applicationId, version, tables }: FileContent): boolean {
  if (applicationId !== 0) return applicationId === APPLICATION_ID;
  if (version === 0) return tables.length === 0;
  return FIRST_TABLES.every((table) => tables.includes(table));
}

function headerOf(path: string): Buffer {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(100);
    return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, 0));
  } finally {
    closeSync(file);
  }
}
