import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { hostname } from 'node:os';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { TSX } from '../../tests/e2e/command-line-process.ts';
import { temporaryStores } from '../../tests/store/temporary-store.ts';
import { Database } from './database.ts';
import { thisProcess } from './process-owner.ts';
import { ProcessTable } from './process-table.ts';
import { StudyStore } from './study-store.ts';

const freshPath = temporaryStores();
const MINUTE = 60_000;
const ELSEWHERE = JSON.stringify({ ...thisProcess(), host: 'elsewhere' });
const OTHER_CONTAINER = JSON.stringify({ ...thisProcess(), space: 'pid:[1]' });

/** Numbers of its own for the processes within, and the machine's name. */
const CONTAINER = ['-Urpf', '--mount-proc'];
const CAN_CONTAIN = spawnSync('unshare', [...CONTAINER, 'true']).status === 0;
/** Runs the program that follows. */
const RUN = ['--import', TSX, '--input-type=module', '-e'];
const STORE = new URL('study-store.ts', import.meta.url).href;
const OPEN = (path: string) => `import { StudyStore } from ${JSON.stringify(STORE)};
  const { experiments } = new StudyStore(${JSON.stringify(path)});`;

afterEach(() => {
  vi.useRealTimers();
});

function hear(database: Database, owner: string, minutesAgo: number): void {
  database
    .statement('INSERT OR REPLACE INTO processes (owner, seen) VALUES (?, ?)')
    .run(owner, Date.now() - minutesAgo * MINUTE);
}

/** When each was heard of. */
function heard(database: Database): Map<string, number> {
  const rows = database.statement<{ owner: string; seen: number }>('SELECT owner, seen FROM processes').all();
  return new Map(rows.map(({ owner, seen }) => [owner, seen]));
}

describe('ProcessTable', () => {
  it('asks the system where it can, whatever was heard', () => {
    const database = new Database(freshPath());
    const processes = new ProcessTable(database);
    const living = JSON.stringify(thisProcess());
    const { pid } = spawnSync(process.execPath, ['--version']);
    const dead = JSON.stringify({ host: hostname(), pid, began: '' });
    hear(database, living, 60);
    hear(database, dead, 0);
    expect(processes.goneAmong([living, dead, null, dead])).toEqual(new Set([dead, null]));
    expect(processes.goneAmong([])).toEqual(new Set());
    database.close();
  });

  it.each([
    ['another machine', ELSEWHERE],
    ['another container', OTHER_CONTAINER],
  ])('takes a process of %s for gone when it was silent for ten minutes', (_, owner) => {
    const database = new Database(freshPath());
    const processes = new ProcessTable(database);
    hear(database, owner, 9);
    expect(processes.goneAmong([owner]).size).toBe(0);
    hear(database, owner, 11);
    expect(processes.goneAmong([owner])).toEqual(new Set([owner]));
    database.close();
  });

  it('says again and again that this process lives, until it is closed', () => {
    vi.useFakeTimers();
    const database = new Database(freshPath());
    const processes = new ProcessTable(database);
    hear(database, ELSEWHERE, 11);
    processes.enter();
    // What is silent is forgotten.
    expect(heard(database)).toEqual(new Map([[processes.self, Date.now()]]));
    vi.advanceTimersByTime(5 * MINUTE);
    expect(heard(database).get(processes.self)).toBe(Date.now());
    processes.close();
    vi.advanceTimersByTime(MINUTE);
    expect(heard(database).get(processes.self)).toBe(Date.now() - MINUTE);
    database.close();
  });

  it.skipIf(!CAN_CONTAIN)(
    'does not take a living process in a container of the same name for gone',
    async () => {
      const path = freshPath();
      const store = new StudyStore(path);
      store.experiments.begin('one', {}, [{ key: 'job', job: {} }]);
      const program = `${OPEN(path)}
      const { place } = experiments.take('one');
      console.log('took');
      process.stdin.once('data', () => console.log(experiments.finish('one', place, 'inside')));`;
      const child = spawn('unshare', [...CONTAINER, process.execPath, ...RUN, program]);
      const said = async () => String((await once(child.stdout, 'data'))[0]);
      expect(await said()).toBe('took\n');
      expect(store.experiments.counts('one')).toMatchObject({ running: 1, stale: 0 });
      expect(store.experiments.take('one')).toBeUndefined();
      child.stdin.end('\n');
      expect(await said()).toBe('true\n');
      expect(store.experiments.results('one')).toEqual(['inside']);
      store.close();
    },
  );

  it('keeps no process alive', async () => {
    const program = `${OPEN(freshPath())}
      experiments.begin('one', {}, [{ key: 'job', job: {} }]);
      process.exitCode = experiments.take('one') === undefined ? 1 : 0;`;
    const child = spawn(process.execPath, [...RUN, program]);
    expect(await once(child, 'close')).toEqual([0, null]);
  });
});
