/**
 * @file How much memory this process may still take: the least of what the machine, the control group and the limits of the process
 * leave. Node's own `process.availableMemory()` is asked on Windows alone: on Linux it counts a container's file cache as taken, so
 * that a model that was just downloaded would seem to leave no room, and on macOS it knows the free pages only, of which there are
 * never many.
 */
import { readFileSync } from 'node:fs';
import { freemem, totalmem } from 'node:os';
import { join } from 'node:path';

/** Where the system tells of itself. */
export interface SystemRoots {
  /** @default '/proc' */
  readonly proc?: string;
  /** @default '/sys/fs/cgroup' */
  readonly cgroup?: string;
}

/**
 * Bytes that this process may take besides what it has: on Linux at least 0; elsewhere what the system has free (Windows), or all of
 * its memory (macOS, which makes room by itself).
 */
export function availableMemory(roots: SystemRoots = {}): number {
  if (process.platform === 'linux') return linuxMemory(roots);
  if (process.platform === 'darwin') return totalmem();
  return process.availableMemory?.() ?? freemem();
}

function linuxMemory({ proc = '/proc', cgroup = '/sys/fs/cgroup' }: SystemRoots): number {
  const left = [systemLeft(proc), addressSpaceLeft(proc), ...controlGroupsLeft(proc, cgroup)];
  const known = left.filter((bytes) => bytes !== undefined);
  return Math.max(0, Math.min(...(known.length > 0 ? known : [freemem()])));
}

/** What can be had without swapping, file cache that can be dropped included. */
function systemLeft(proc: string): number | undefined {
  const kilobytes = /^MemAvailable:\s+(\d+) kB/m.exec(readText(join(proc, 'meminfo')))?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
}

/** What `ulimit -v` leaves; mapped weights count there too. */
function addressSpaceLeft(proc: string): number | undefined {
  const limit = /^Max address space\s+(\d+)/m.exec(readText(join(proc, 'self/limits')))?.[1];
  const used = /^VmSize:\s+(\d+) kB/m.exec(readText(join(proc, 'self/status')))?.[1];
  return limit === undefined || used === undefined ? undefined : Number(limit) - Number(used) * 1024;
}

/** What the control groups of this process, and the groups around them, leave: version 2, then version 1. */
function controlGroupsLeft(proc: string, root: string): (number | undefined)[] {
  const groups = readText(join(proc, 'self/cgroup')).split('\n');
  const pathOf = (pattern: RegExp) =>
    groups.flatMap((line) => pattern.exec(line)?.[1] ?? []).map((path) => path.split('/').filter(Boolean));
  const unified = pathOf(/^0::(.*)$/).flatMap((parts) => ancestors(root, parts));
  const first = pathOf(/^\d+:(?:[^:]*,)?memory(?:,[^:]*)?:(.*)$/);
  return [
    ...unified.map((dir) => groupLeft(dir, 'memory.max', 'memory.current')),
    ...first
      .flatMap((parts) => ancestors(join(root, 'memory'), parts))
      .map((dir) => groupLeft(dir, 'memory.limit_in_bytes', 'memory.usage_in_bytes')),
  ];
}

/** The folder of a group and of each around it. In a container the path may be the host's: then its root counts. */
function ancestors(root: string, parts: readonly string[]): string[] {
  return [root, ...parts.map((_, i) => join(root, ...parts.slice(0, i + 1)))];
}

/** The group's limit less what it uses; its file cache can be dropped. Undefined without a limit. */
function groupLeft(dir: string, limitFile: string, usageFile: string): number | undefined {
  const limit = Number.parseInt(readText(join(dir, limitFile)), 10);
  const usage = Number.parseInt(readText(join(dir, usageFile)), 10);
  // Version 1 writes 2^63 less a page where there is none.
  if (!(limit < 2 ** 60) || Number.isNaN(usage)) return undefined;
  const stat = readText(join(dir, 'memory.stat'));
  const cache = ['inactive_file', 'active_file'].map((key) =>
    Number(new RegExp(`^(?:total_)?${key} (\\d+)`, 'm').exec(stat)?.[1] ?? 0),
  );
  return limit - Math.max(0, usage - cache.reduce((sum, bytes) => sum + bytes, 0));
}

/** Empty where there is no such file: not every system tells of everything. */
function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
