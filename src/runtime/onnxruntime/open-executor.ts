/** @file Chooses a device and a precision, and shows that they work before anything else begins. */
import { DpoError } from '../../errors.ts';
import type { Device, DeviceName, Execution, Executor, PassedOver, Precision } from '../executor.ts';
import { autoDevices, defaultPrecision, missingLibrary } from './device-table.ts';
import { createOrtExecutor, type OrtExecutorOptions } from './ort-executor.ts';
import { probeDevice } from './probe-device.ts';

export interface OpenExecutorOptions extends Omit<OrtExecutorOptions, 'device' | 'precision' | 'passedOver'> {
  /** `auto` is the best one that can be used. @default 'auto' */
  readonly device?: Device;
  /** `auto` is float16 on GPUs that can do it, else float32. @default 'auto' */
  readonly precision?: Precision | 'auto';
}

/**
 * An executor on a device that was seen to work. A device that is named is used or refused; only `auto` passes devices over, and says so.
 * @throws {DpoError} DEVICE_UNAVAILABLE, saying what to install; INVALID_OPTION for what is no device or precision
 */
export async function openExecutor(options: OpenExecutorOptions = {}): Promise<Executor> {
  const { device = 'auto', precision = 'auto', ...rest } = options;
  if (!['auto', 'float16', 'float32'].includes(precision)) {
    const message = `The precision must be auto, float16 or float32, got ${JSON.stringify(precision)}.`;
    throw new DpoError('INVALID_OPTION', message, { details: { option: 'precision', value: precision } });
  }
  const open: Open = (execution) => openProbed({ ...rest, ...execution });
  if (device !== 'auto') return openDevice(device, precision, open, []);
  const passedOver: PassedOver[] = [];
  for (const candidate of autoDevices()) {
    const missing = missingLibrary(candidate);
    if (missing !== undefined) {
      passedOver.push({ device: candidate, reason: `it ${missing}`, isInstalled: false });
      continue;
    }
    try {
      return await openDevice(candidate, precision, open, passedOver);
    } catch (error) {
      passedOver.push({ device: candidate, reason: reasonOf(error), isInstalled: true });
    }
  }
  return openDevice('cpu', precision, open, passedOver);
}

type Open = (execution: Execution) => Promise<Executor>;

/** Half precision may be missing where float32 works: precision `auto` then is float32. */
async function openDevice(
  device: DeviceName,
  precision: Precision | 'auto',
  open: Open,
  passedOver: readonly PassedOver[],
): Promise<Executor> {
  const best = precision === 'auto' ? defaultPrecision(device) : precision;
  try {
    return await open({ device, precision: best, passedOver });
  } catch (error) {
    if (precision !== 'auto' || best === 'float32') throw error;
    const half: PassedOver = { device, precision: best, reason: reasonOf(error), isInstalled: true };
    return open({ device, precision: 'float32', passedOver: [...passedOver, half] });
  }
}

/** The processor needs no proof: everything is tested on it. */
async function openProbed(options: OrtExecutorOptions): Promise<Executor> {
  const executor = createOrtExecutor(options);
  if (executor.device === 'cpu') return executor;
  try {
    await probeDevice(executor);
    return executor;
  } catch (error) {
    await executor.release();
    throw error;
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof DpoError)) throw error;
  return error.message.replace(/^The device "[^"]*" /, 'it ');
}
