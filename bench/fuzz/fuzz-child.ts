/**
 * @file The process in which cases run: told on its command line which, it sends a message for each. Its heap is bounded, so that a case
 * that takes too much ends it, and the parent knows by its last message which case that was.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { FuzzCases } from './fuzz-case.ts';
import { TARGETS } from './targets.ts';

const [first, step, end, seed] = process.argv.slice(2, 6).map(Number) as [number, number, number, number];
const [parent, only] = process.argv.slice(6) as [string, string | undefined];

const root = mkdtempSync(join(parent, 'cases-'));
const targets = TARGETS.filter(({ name }) => only === undefined || name === only);
const cases = new FuzzCases(root, seed, targets);
for (let index = first; index < end; index += step) {
  const { message, ...result } = await cases.run(index);
  process.send!({ ...result, message: result.problem === null ? null : message });
}
rmSync(root, { recursive: true });
process.send!({ peakBytes: process.resourceUsage().maxRSS * 1024 });
process.disconnect();
