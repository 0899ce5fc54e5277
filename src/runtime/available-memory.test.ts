import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { TSX } from '../../tests/e2e/command-line-process.ts';
import { availableMemory } from './available-memory.ts';

const GB = 2 ** 30;
const root = mkdtempSync(join(tmpdir(), 'memory-'));
afterAll(() => rmSync(root, { recursive: true }));

/** A folder with files as Linux writes them; gives the places to look. */
function system(name: string, files: Readonly<Record<string, string>>) {
  for (const [path, text] of Object.entries(files)) {
    const file = join(root, name, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return { proc: join(root, name, 'proc'), cgroup: join(root, name, 'cgroup') };
}

const MEMINFO = `MemTotal:       24000000 kB\nMemFree:          100000 kB\nMemAvailable:   ${(8 * GB) / 1024} kB\n`;
const UNLIMITED = 'Max address space         unlimited            unlimited            bytes     \n';

describe('availableMemory()', () => {
  it('is some part of the memory of this machine', () => {
    expect(availableMemory()).toBeGreaterThan(1e7);
    expect(availableMemory()).toBeLessThanOrEqual(totalmem());
  });

  describe.runIf(process.platform === 'linux')('on Linux', () => {
    it('is what the system has to spare, file cache included', () => {
      const roots = system('plain', { 'proc/meminfo': MEMINFO, 'proc/self/limits': UNLIMITED });
      expect(availableMemory(roots)).toBe(8 * GB);
    });

    it('is what a container leaves, whose file cache can be dropped', () => {
      const files = {
        'proc/meminfo': MEMINFO,
        'proc/self/cgroup': '0::/\n',
        'cgroup/memory.max': `${4 * GB}\n`,
        'cgroup/memory.current': `${3 * GB}\n`,
        'cgroup/memory.stat': `anon ${GB}\ninactive_file ${GB}\nactive_file ${GB}\n`,
      };
      expect(availableMemory(system('container', files))).toBe(3 * GB);
      const full = { ...files, 'cgroup/memory.current': `${9 * GB}\n` };
      expect(availableMemory(system('full', full))).toBe(0);
    });

    it('is what the tightest of the groups around it leaves', () => {
      const roots = system('nested', {
        'proc/meminfo': MEMINFO,
        'proc/self/cgroup': '0::/user/session\n',
        'cgroup/user/memory.max': `${2 * GB}\n`,
        'cgroup/user/memory.current': `${GB / 2}\n`,
        'cgroup/user/session/memory.max': 'max\n',
        'cgroup/user/session/memory.current': `${GB}\n`,
      });
      expect(availableMemory(roots)).toBe(1.5 * GB);
    });

    it('knows control groups of the first version, and their way of saying no limit', () => {
      const files = {
        'proc/meminfo': MEMINFO,
        'proc/self/cgroup': '5:devices:/\n4:cpu,memory:/job\n0::/\n',
        'cgroup/memory/memory.limit_in_bytes': '9223372036854771712\n',
        'cgroup/memory/memory.usage_in_bytes': `${5 * GB}\n`,
        'cgroup/memory/job/memory.limit_in_bytes': `${4 * GB}\n`,
        'cgroup/memory/job/memory.usage_in_bytes': `${2 * GB}\n`,
        'cgroup/memory/job/memory.stat': `total_inactive_file ${GB}\ntotal_active_file 0\n`,
      };
      expect(availableMemory(system('first', files))).toBe(3 * GB);
    });

    it('heeds a real limit of the process', () => {
      const script = `import { availableMemory } from ${JSON.stringify(fileURLToPath(new URL('available-memory.ts', import.meta.url)))};
        import { readFileSync } from 'node:fs';
        const used = /VmSize:\\s+(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1] * 1024;
        process.stdout.write(JSON.stringify([availableMemory(), used]));`;
      const run = (before: string): [available: number, addresses: number] => {
        const line = `${before} exec "$0" --import "$1" --input-type=module --eval "$2"`;
        return JSON.parse(String(execFileSync('sh', ['-c', line, process.execPath, TSX, script])));
      };
      const [free, addresses] = run('');
      const limit = Math.min(free, 2 * GB);
      const [limited] = run(`ulimit -v ${Math.ceil((addresses + limit) / 1024)};`);
      expect(limited).toBeGreaterThan(0);
      expect(limited).toBeLessThan(limit + GB / 2);
    });
  });
});
