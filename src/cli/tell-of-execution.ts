/** @file Where a command without events computes, for the user who left it to `auto` or asked for every detail. */
import { type Execution, passedOverText, passedOverWarnings, placeText } from '../study/execution-text.ts';
import type { Host } from './host.ts';
import type { CliOptions } from './shared-options.ts';
import { warn } from './warn.ts';

/** Says it where it is not the processor in float32, where somebody asked for `auto`, or with `--verbose`; warns of devices that ought to work and do not. */
export function tellOfExecution(host: Host, options: CliOptions, execution: Execution): void {
  warn(host, options, passedOverWarnings(execution));
  const isUsual =
    execution.device === 'cpu' && execution.precision === 'float32' && options.device !== 'auto';
  if (options.quiet || (isUsual && !options.verbose)) return;
  host.stderr.write(`Computing on ${placeText(execution)}.\n`);
  if (!options.verbose) return;
  for (const device of execution.passedOver) host.stderr.write(`  ${passedOverText(device)}\n`);
}
