/** @file How a table of pictures by random keys is best laid out: with row numbers and an index of keys, or by the keys themselves (WITHOUT ROWID). */
import { join } from 'node:path';
import { Database } from '../../src/store/database.ts';
import { pictureKey } from './filled-store.ts';
import { median } from './store-measures.ts';

export interface BlobTable {
  readonly layout: 'row numbers' | 'WITHOUT ROWID';
  readonly blobBytes: number;
  /** Seconds of one insertion that is committed, and of finding one; medians over the second half. */
  readonly insert: number;
  readonly find: number;
  /** Of the file, for each row. */
  readonly bytes: number;
}

/** Rows by blob size and layout, in a file of its own each below `dir`. */
export function measureBlobTables(dir: string, rows: number): BlobTable[] {
  const variants = [4096, 65_536].flatMap((blobBytes) =>
    (['row numbers', 'WITHOUT ROWID'] as const).map((layout) => ({ blobBytes, layout })),
  );
  return variants.map(({ blobBytes, layout }, i) =>
    measureTable(join(dir, `blobs-${i}.db`), { blobBytes, layout, rows }),
  );
}

function measureTable(
  path: string,
  { blobBytes, layout, rows }: Pick<BlobTable, 'blobBytes' | 'layout'> & { readonly rows: number },
): BlobTable {
  const database = new Database(path);
  const suffix = layout === 'row numbers' ? '' : ' WITHOUT ROWID';
  database.execute(`CREATE TABLE blobs (key TEXT PRIMARY KEY, latents BLOB NOT NULL)${suffix}`);
  const insert = database.statement('INSERT INTO blobs VALUES (?, ?)');
  const find = database.statement('SELECT latents FROM blobs WHERE key = ?');
  const blob = new Uint8Array(blobBytes).fill(7);
  const add = (i: number) => insert.run(pictureKey(i), blob);
  const half = rows >> 1;
  database.atomically(() => {
    for (let i = 0; i < half; i++) add(i);
  });
  const inserted = median(half, (i) => add(half + i));
  const found = median(half, (i) => find.one(pictureKey((i * 7) % rows)));
  const [{ bytes }] = database
    .statement<{ bytes: number }>(
      'SELECT page_count * page_size AS bytes FROM pragma_page_count, pragma_page_size',
    )
    .all();
  database.close();
  return { layout, blobBytes, insert: inserted, find: found, bytes: bytes / rows };
}
