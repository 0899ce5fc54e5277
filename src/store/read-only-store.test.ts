import { execFileSync } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { TSX } from '../../tests/e2e/command-line-process.ts';
import { newStudy } from '../../tests/store/store-rows.ts';
import { CAN_MOUNT, readOnlyView, temporaryStores } from '../../tests/store/temporary-store.ts';
import { MIGRATIONS } from './migrations.ts';
import { StudyStore } from './study-store.ts';

const freshPath = temporaryStores();
const MAKE_STORE = fileURLToPath(new URL('../../tests/store/make-store.ts', import.meta.url));

/**
 * A store with one study; gives the study's id. Made by another process: within this one, what SQLite keeps open of a file serves who
 * comes to it by any path.
 */
function storeAt(path: string, ...more: readonly string[]): string {
  const said = execFileSync(process.execPath, ['--import', TSX, MAKE_STORE, path, ...more], {
    encoding: 'utf8',
  });
  return said.trim();
}

/** What happens to the folder of `path` as somebody finds it on a disk that cannot be written. */
function onReadOnlyDisk(path: string, work: (path: string) => void): void {
  const view = freshPath();
  const unmount = readOnlyView(dirname(path), view);
  try {
    work(join(view, 'studies.db'));
  } finally {
    unmount();
  }
}

const READ_ONLY = /it is read-only\. Choose another file with --store, such as a copy of it\.$/;

describe.skipIf(!CAN_MOUNT)('a store on a read-only disk', () => {
  it('can be read and not written', () => {
    const path = freshPath();
    const id = storeAt(path);
    onReadOnlyDisk(path, (there) => {
      const store = new StudyStore(there, 'read');
      expect(store.studies.list().map((study) => study.id)).toEqual([id]);
      expect(() => store.studies.begin(newStudy())).toThrow(READ_ONLY);
      store.close();
      expect(() => new StudyStore(there)).toThrow(READ_ONLY);
    });
  });

  it('can be read while somebody else has it open', () => {
    const path = freshPath();
    const writer = new StudyStore(path);
    const { id } = writer.studies.begin(newStudy());
    onReadOnlyDisk(path, (there) => {
      const store = new StudyStore(there, 'read');
      expect(store.studies.get(id).prompt).toBe(newStudy().prompt);
      store.close();
    });
    writer.close();
  });

  it('is refused, with what to do, when a part of it is in the file beside it', () => {
    const path = freshPath();
    const writer = new StudyStore(path);
    writer.studies.begin(newStudy());
    const killed = freshPath();
    for (const end of ['', '-wal']) copyFileSync(`${path}${end}`, `${killed}${end}`);
    writer.close();
    onReadOnlyDisk(killed, (there) =>
      expect(() => new StudyStore(there, 'read')).toThrow(
        `The store ${there} cannot be used: it is read-only, and what was written last is still in ${there}-wal, which can be read only where one may write. Copy both files, and the folder ${there}.images, to such a place and name the copy with --store.`,
      ),
    );
  });

  it('is refused, with what to do, when it is of an earlier or a later version', () => {
    for (const [version, sentence] of [
      [
        MIGRATIONS.length - 1,
        /was written by an earlier version of dpo-diff, and cannot be brought up to date/,
      ],
      [MIGRATIONS.length + 1, /was written by a later version of dpo-diff/],
    ] as const) {
      const path = freshPath();
      storeAt(path, String(version));
      onReadOnlyDisk(path, (there) => expect(() => new StudyStore(there, 'read')).toThrow(sentence));
    }
  });
});

describe.skipIf(process.getuid?.() !== 0)('a store of somebody else', () => {
  it('can be read and not written', () => {
    const path = freshPath();
    const id = storeAt(path);
    const folder = dirname(path);
    // The tests' folder itself is closed to others.
    execFileSync('chmod', ['755', folder, dirname(folder)]);
    process.seteuid?.(65534);
    try {
      const theirs = new StudyStore(path, 'read');
      expect(theirs.studies.get(id).prompt).toBe(newStudy().prompt);
      expect(() => theirs.studies.begin(newStudy())).toThrow(READ_ONLY);
      expect(() => new StudyStore(`${folder}/new/studies.db`)).toThrow(
        /permission is denied\. Choose another file with --store/,
      );
    } finally {
      process.seteuid?.(0);
    }
  });
});
