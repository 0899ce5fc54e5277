/** @file The machine that this process runs on, for a report to name. */
import { cpus, totalmem } from 'node:os';
import type { ReportMachine } from './report-facts.ts';

export function thisMachine(): ReportMachine {
  const processors = cpus();
  return {
    // Some systems do not say.
    processor: processors[0]?.model.trim() || 'unknown processor',
    cores: Math.max(1, processors.length),
    memory: totalmem(),
    system: `${process.platform} ${process.arch}, Node ${process.versions.node}`,
  };
}
