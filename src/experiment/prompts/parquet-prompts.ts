/**
 * @file The column `prompt` of a Parquet file (DiffusionDB's `metadata.parquet`), row group by row group: of the file's bytes only that
 * column is read, and only one group of it is in memory at a time.
 */
import type { FileHandle } from 'node:fs/promises';
import zlib from 'node:zlib';
import {
  type AsyncBuffer,
  type Compressors,
  type FileMetaData,
  parquetMetadataAsync,
  parquetRead,
  parquetSchema,
} from 'hyparquet';
import { DpoError } from '../../errors.ts';
import { withPromptFile } from './open-prompt-file.ts';

const COLUMN = 'prompt';
const WHAT = 'a Parquet file with a text column "prompt", such as DiffusionDB\'s metadata.parquet';

/** Codecs beside Snappy, which the library knows itself; Zstandard where this Node has it. */
const COMPRESSORS: Compressors = {
  GZIP: (bytes: Uint8Array) => zlib.gunzipSync(bytes),
  BROTLI: (bytes: Uint8Array) => zlib.brotliDecompressSync(bytes),
  ...('zstdDecompressSync' in zlib && {
    ZSTD: zlib.zstdDecompressSync as (bytes: Uint8Array) => Uint8Array,
  }),
};

const KNOWN_CODECS: ReadonlySet<string> = new Set(['UNCOMPRESSED', 'SNAPPY', ...Object.keys(COMPRESSORS)]);

/**
 * Calls `take` for each prompt of the Parquet file at `path`, in its order; rows without one are passed over.
 * @throws {DpoError} FILE_ACCESS; INVALID_PROMPT when it is no Parquet file, is damaged, or has no such column; the signal's reason
 */
export async function readParquetPrompts(
  path: string,
  take: (prompt: string) => void,
  signal?: AbortSignal,
): Promise<void> {
  await withPromptFile(path, WHAT, async (handle) => {
    const file = await asAsyncBuffer(handle);
    const metadata = await readMetadata(file, path);
    let rowStart = 0;
    for (const [group, { num_rows: rows }] of metadata.row_groups.entries()) {
      signal?.throwIfAborted();
      const rowEnd = rowStart + Number(rows);
      try {
        await readRows({ file, metadata, rowStart, rowEnd }, take);
      } catch (cause) {
        throw notRead(path, `row group ${group} cannot be read (${messageOf(cause)})`, cause);
      }
      rowStart = rowEnd;
    }
  });
}

interface Rows {
  readonly file: AsyncBuffer;
  readonly metadata: FileMetaData;
  readonly rowStart: number;
  readonly rowEnd: number;
}

/** Values are taken as pages are decoded: rows are never assembled. */
async function readRows(rows: Rows, take: (prompt: string) => void): Promise<void> {
  await parquetRead({
    ...rows,
    columns: [COLUMN],
    compressors: COMPRESSORS,
    onPage: ({ columnData }) => {
      for (const value of columnData as ArrayLike<unknown> & Iterable<unknown>)
        if (typeof value === 'string') take(value);
    },
  });
}

/** Damage can lie in what the library reads late (the schema's tree), so all that looks at metadata may fail. */
async function readMetadata(file: AsyncBuffer, path: string): Promise<FileMetaData> {
  try {
    const metadata = await parquetMetadataAsync(file);
    checkColumn(metadata, path);
    checkCodecs(metadata, path);
    return metadata;
  } catch (cause) {
    if (cause instanceof DpoError) throw cause;
    throw notRead(path, `it is none (${messageOf(cause)})`, cause);
  }
}

function checkColumn(metadata: FileMetaData, path: string): void {
  const columns = parquetSchema(metadata).children.map(({ element }) => element);
  const column = columns.find(({ name }) => name === COLUMN);
  const names = columns.map(({ name }) => name).join(', ');
  if (column === undefined) throw notRead(path, `its columns are ${names}`);
  if (column.type !== 'BYTE_ARRAY') throw notRead(path, 'its column "prompt" holds no text');
}

function checkCodecs(metadata: FileMetaData, path: string): void {
  for (const { columns } of metadata.row_groups) {
    const codec = columns.find(({ meta_data: meta }) => meta?.path_in_schema[0] === COLUMN)?.meta_data?.codec;
    if (codec === undefined || KNOWN_CODECS.has(codec)) continue;
    throw notRead(
      path,
      `its prompts are compressed with ${codec}, which this program cannot unpack; save it with SNAPPY or GZIP`,
    );
  }
}

/** Reads each stretch into one buffer of its own: the library's own file reader holds it twice. */
async function asAsyncBuffer(handle: FileHandle): Promise<AsyncBuffer> {
  const { size: byteLength } = await handle.stat();
  return {
    byteLength,
    slice(start, end = byteLength) {
      const stretch = readStretch(handle, start, end, byteLength);
      // The library asks for several stretches at once and awaits them one by one: a later one that fails first must not end the process.
      stretch.catch(() => undefined);
      return stretch;
    },
  };
}

async function readStretch(
  handle: FileHandle,
  start: number,
  end: number,
  byteLength: number,
): Promise<ArrayBuffer> {
  if (start < 0 || start > end || end > byteLength) throw new RangeError('it points out of the file');
  const bytes = new Uint8Array(end - start);
  for (let at = 0; at < bytes.length; ) {
    const { bytesRead } = await handle.read(bytes, at, bytes.length - at, start + at);
    if (bytesRead === 0) throw new RangeError('the file ends before its data');
    at += bytesRead;
  }
  return bytes.buffer;
}

function notRead(path: string, problem: string, cause?: unknown): DpoError {
  const message = `The file ${path} is not read: expected ${WHAT}; ${problem}.`;
  return new DpoError('INVALID_PROMPT', message, { cause, details: { path } });
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
