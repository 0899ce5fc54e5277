import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkDiskSpace, onDisk } from './disk-space.ts';

const failure = (code: string) => Promise.reject(Object.assign(new Error(code), { code, syscall: 'write' }));

describe('disk space', () => {
  it('is asked of the disk on which a folder will be', async () => {
    const dir = join(tmpdir(), 'not', 'yet', 'there');
    await checkDiskSpace(dir, 1);
    await expect(checkDiskSpace(dir, 1e18)).rejects.toMatchObject({
      code: 'FILE_ACCESS',
      message: expect.stringMatching(/takes 1000000000\.0 GB, but the disk of .* has [\d.]+ GB free/),
    });
  });

  it('is named when it is used up', async () => {
    await expect(onDisk('/a', failure('ENOSPC'))).rejects.toThrow(
      '/a cannot be written: the disk is full. Make room',
    );
    await expect(onDisk('/a', failure('EDQUOT'))).rejects.toThrow('your disk quota is used up');
    await expect(onDisk('/a', failure('EACCES'))).rejects.toMatchObject({ code: 'FILE_ACCESS' });
    await expect(onDisk('/a', Promise.reject(new TypeError('a bug')))).rejects.toThrow(TypeError);
  });
});
