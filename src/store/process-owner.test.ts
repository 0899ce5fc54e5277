import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { hostname } from 'node:os';
import { describe, expect, it } from 'vitest';
import { goneAmong, isGone, isSameProcess, thisProcess } from './process-owner.ts';

/** A process that has ended; its number is nobody's for a while. */
async function endedPid(): Promise<number> {
  const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
  await once(child, 'close');
  return child.pid!;
}

describe('isGone', () => {
  it('says no of this process and of its parent', () => {
    expect(isGone(thisProcess())).toBe(false);
    expect(isGone({ host: hostname(), pid: process.ppid, began: '' })).toBe(false);
  });

  it('says yes of a process that has ended', async () => {
    expect(isGone({ host: hostname(), pid: await endedPid(), began: '' })).toBe(true);
  });

  it('says yes of a killed process that nobody has collected', async () => {
    // The shell never waits for its child, which stays a zombie.
    const shell = spawn('sh', ['-c', 'sleep 100 & echo $!; kill -9 $!; exec sleep 100'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [text] = (await once(shell.stdout!, 'data')) as [Buffer];
    const zombie = { host: hostname(), pid: Number(text.toString()), began: 'of some machine 17' };
    await expect.poll(() => isGone(zombie)).toBe(true);
    shell.kill();
  });

  it.skipIf(process.platform !== 'linux')('says yes where the number was given to another process', () => {
    const { began } = thisProcess();
    expect(began).toMatch(/^[0-9a-f-]{36} \d+$/);
    expect(isGone({ ...thisProcess(), began: began.replace(/\d+$/, '1') })).toBe(true);
    expect(isGone({ ...thisProcess(), began: `another-boot ${began.split(' ')[1]}` })).toBe(true);
  });

  it('says no of a process of another machine, which cannot be asked', async () => {
    expect(isGone({ host: 'elsewhere', pid: await endedPid(), began: '' })).toBe(false);
  });
});

describe('goneAmong', () => {
  it('gives those that are gone, and what bears no name', async () => {
    const living = JSON.stringify(thisProcess());
    const dead = JSON.stringify({ host: hostname(), pid: await endedPid(), began: '' });
    expect(goneAmong([living, dead, null, dead])).toEqual(new Set([dead, null]));
    expect(goneAmong([])).toEqual(new Set());
  });
});

describe('isSameProcess', () => {
  it('compares all that a process is named by', () => {
    expect(isSameProcess(thisProcess(), thisProcess())).toBe(true);
    expect(isSameProcess(thisProcess(), { ...thisProcess(), began: 'earlier' })).toBe(false);
    expect(isSameProcess(thisProcess(), { ...thisProcess(), host: 'elsewhere' })).toBe(false);
  });
});
