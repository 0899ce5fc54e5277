/** @file Which process works on something, and whether it still lives: a number alone may have been given to another process since. */
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** A process, as the store names it. */
export interface Owner {
  readonly host: string;
  readonly pid: number;
  /** When it began, in the system's own count; empty where the system does not say. */
  readonly began: string;
  /** The system's mark of the container that its number belongs to; empty where there is none, and absent in older stores. */
  readonly space?: string;
}

let self: Owner | undefined;

/** This process. */
export function thisProcess(): Owner {
  self ??= {
    host: hostname(),
    pid: process.pid,
    began: beginningOf(process.pid) ?? '',
    space: ownSpace(),
  };
  return self;
}

/** Whether the system can be asked about it: numbers of another machine, or of another container, mean nothing here. */
export function isNear({ host, space }: Owner): boolean {
  const here = thisProcess();
  return host === here.host && (space ?? here.space) === here.space;
}

/** Whether one that is near has ended for certain. */
export function hasEnded({ pid, began: named }: Owner): boolean {
  if (!isAlive(pid)) return true;
  const began = beginningOf(pid);
  return began !== undefined && named !== '' && began !== named;
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

/** Linux gives the processes of a container numbers of their own. */
function ownSpace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}
