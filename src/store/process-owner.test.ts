import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { hostname } from 'node:os';
import { describe, expect, it } from 'vitest';
import { hasEnded, isNear, thisProcess } from './process-owner.ts';

/** A process that has ended; its number is nobody's for a while. */
async function endedPid(): Promise<number> {
  const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
  await once(child, 'close');
  return child.pid!;
}

describe('hasEnded', () => {
  it('says no of this process and of its parent', () => {
    expect(hasEnded(thisProcess())).toBe(false);
    expect(hasEnded({ host: hostname(), pid: process.ppid, began: '' })).toBe(false);
  });

  it('says yes of a process that has ended', async () => {
    expect(hasEnded({ host: hostname(), pid: await endedPid(), began: '' })).toBe(true);
  });

  it('says yes of a killed process that nobody has collected', async () => {
    // The shell never waits for its child, which stays a zombie.
    const shell = spawn('sh', ['-c', 'sleep 100 & echo $!; kill -9 $!; exec sleep 100'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [text] = (await once(shell.stdout!, 'data')) as [Buffer];
    const zombie = { host: hostname(), pid: Number(text.toString()), began: 'of some machine 17' };
    await expect.poll(() => hasEnded(zombie)).toBe(true);
    shell.kill();
  });

  it.skipIf(process.platform !== 'linux')('says yes where the number was given to another process', () => {
    const { began } = thisProcess();
    expect(began).toMatch(/^[0-9a-f-]{36} \d+$/);
    expect(hasEnded({ ...thisProcess(), began: began.replace(/\d+$/, '1') })).toBe(true);
    expect(hasEnded({ ...thisProcess(), began: `another-boot ${began.split(' ')[1]}` })).toBe(true);
  });
});

describe('isNear', () => {
  it('says yes of this machine, also where an older store does not know of containers', () => {
    expect(isNear(thisProcess())).toBe(true);
    expect(isNear({ host: hostname(), pid: 1, began: '' })).toBe(true);
  });

  it('says no of another machine, and of another container that bears the same name', () => {
    expect(isNear({ ...thisProcess(), host: 'elsewhere' })).toBe(false);
    expect(isNear({ ...thisProcess(), space: 'pid:[1]' })).toBe(false);
  });
});
