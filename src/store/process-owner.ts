/** @file Which process works on something, and whether it still lives: a number alone may have been given to another process since. */
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** A process, as the store names it. */
export interface Owner {
  readonly host: string;
  readonly pid: number;
  /** When it began, in the system's own count; empty where the system does not say. */
  readonly began: string;
}

let self: Owner | undefined;

/** This process. */
export function thisProcess(): Owner {
  self ??= { host: hostname(), pid: process.pid, began: beginningOf(process.pid) ?? '' };
  return self;
}

/** Those of `owners`, as the store writes them, that have ended for certain; each is asked once. */
export function goneAmong(owners: readonly (string | null)[]): ReadonlySet<string | null> {
  const here = hostname();
  // What bears no name can have no process.
  return new Set(
    [...new Set(owners)].filter((text) => text === null || isGone(JSON.parse(text) as Owner, here)),
  );
}

/** Whether it has ended for certain. A process of another machine cannot be asked, so it counts as living. */
export function isGone(owner: Owner, here: string = hostname()): boolean {
  if (owner.host !== here) return false;
  if (!isAlive(owner.pid)) return true;
  const began = beginningOf(owner.pid);
  return began !== undefined && owner.began !== '' && began !== owner.began;
}

export function isSameProcess(a: Owner, b: Owner): boolean {
  return a.host === b.host && a.pid === b.pid && a.began === b.began;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It lives, but belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Linux tells when a process began, in ticks since the machine did; with the machine's own mark, that is unique. */
function beginningOf(pid: number): string | undefined {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name, in brackets, may hold spaces; the 20th field after it is the time.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A process that has ended and that nobody has collected yet does nothing any more.
    return fields[0] === 'Z' ? 'ended' : `${boot} ${fields[19]}`;
  } catch {
    return undefined;
  }
}
