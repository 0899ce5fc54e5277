/** @file SQLite files that are no store of ours, written by a process of their own. */
import { execFileSync } from 'node:child_process';

const SCRIPT = `
  const [path, sql, end] = process.argv.slice(1);
  const Sqlite = require('libsql');
  const database = new Sqlite(path);
  database.exec(sql);
  if (end === 'open') {
    database.exec('CREATE TABLE moz_places (url TEXT)');
    // Without closing: its last transaction stays in the file beside it.
    process.kill(process.pid, 'SIGKILL');
  }
  database.close();
`;

/** Does `sql` in a new database; `open` leaves it as one that was killed leaves it, with a table in its journal. */
export function databaseOfAnother(path: string, sql: string, end: 'closed' | 'open' = 'closed'): string {
  try {
    execFileSync(process.execPath, ['-e', SCRIPT, path, sql, end], { stdio: 'ignore' });
  } catch (error) {
    if (end === 'closed') throw error;
  }
  return path;
}
