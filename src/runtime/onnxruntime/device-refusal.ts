/** @file What it means when a device refuses a graph that the processor takes: one operation it lacks, or the whole of it. */
import { DpoError } from '../../errors.ts';
import type { DeviceName } from '../executor.ts';
import { deviceUnavailable } from './device-table.ts';

/** The sentence for what onnxruntime said when a session was to be opened on `device`. */
export function refusalOnDevice(device: DeviceName, cause: Error): DpoError {
  const refused = refusedOperation(cause.message);
  if (refused === undefined)
    return deviceUnavailable(device, `could not be started (${startFailure(cause)})`, cause);
  const message = `The device "${device}" does not have the operation ${refused.op} that "${refused.node}" needs. Use --device cpu, which has all of them (in code: \`device: 'cpu'\`).`;
  return new DpoError('DEVICE_UNAVAILABLE', message, { cause, details: { device, ...refused } });
}

/** The forms in which onnxruntime names the operation that stands in the way. */
const REFUSALS: readonly RegExp[] = [
  /Could not find an implementation for (?<op>[\w.:]+)\(\d+\) node with name '(?<node>[^']*)'/,
  /Node \((?<node>[^)]*)\) Op \((?<op>[\w.:]+)\)/,
  /(?<op>[\w.:]+)\(-?\d+\) is not a registered function\/op/,
];

function refusedOperation(message: string): { readonly op: string; readonly node: string } | undefined {
  for (const refusal of REFUSALS) {
    const groups = refusal.exec(message)?.groups;
    if (groups?.op !== undefined) return { op: groups.op, node: groups.node ?? 'the graph' };
  }
  return undefined;
}

/** The first line of what onnxruntime says, without the place in its source code and the condition that did not hold. */
function startFailure({ message }: Error): string {
  const [line = ''] = message.trim().split('\n');
  return line.replace(/^\S+:\d+ .* was false\. /, '').replace(/[.\s]+$/, '');
}
