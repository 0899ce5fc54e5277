/** @file Which devices onnxruntime-node has in it here, and what to install for the others. */
import { listSupportedBackends } from 'onnxruntime-node';
import { DpoError } from '../../errors.ts';
import type { Device } from '../executor.ts';

type RealDevice = Exclude<Device, 'auto'>;

/** What onnxruntime calls each device. */
export const EXECUTION_PROVIDERS: Readonly<Record<RealDevice, string>> = {
  cpu: 'cpu',
  cuda: 'cuda',
  webgpu: 'webgpu',
  coreml: 'coreml',
  directml: 'dml',
};

/** How each device gets into onnxruntime-node. */
const HOW_TO_GET: Readonly<Record<RealDevice, string>> = {
  cpu: 'It is part of onnxruntime-node.',
  cuda: 'It needs Linux on x64, CUDA 12 and cuDNN 9, and onnxruntime-node installed with its CUDA libraries: `npm rebuild onnxruntime-node --onnxruntime-node-install=cuda12`.',
  webgpu:
    'It is part of onnxruntime-node on Linux, Windows and macOS, and needs a Vulkan, Direct3D 12 or Metal driver.',
  coreml: 'It is part of onnxruntime-node on macOS only.',
  directml: 'It is part of onnxruntime-node on Windows only (as "dml").',
};

/**
 * The device to run on; `auto` is the processor, the one place where every operation is known to be exact.
 * @throws {DpoError} DEVICE_UNAVAILABLE, saying what to install.
 */
export function resolveDevice(device: Device): RealDevice {
  if (device === 'auto' || device === 'cpu') return 'cpu';
  const available = availableDevices();
  if (available.includes(device)) return device;
  throw deviceUnavailable(device, `is not available here (available: ${available.join(', ')})`);
}

/** The error for a device that cannot be used, which says how to get it. */
export function deviceUnavailable(device: RealDevice, problem: string, cause?: unknown): DpoError {
  return new DpoError('DEVICE_UNAVAILABLE', `The device "${device}" ${problem}. ${HOW_TO_GET[device]}`, {
    cause,
    details: { device, available: availableDevices() },
  });
}

/** Devices whose libraries are in the installed package. */
export function availableDevices(): RealDevice[] {
  const names = listSupportedBackends()
    .filter(({ bundled }) => bundled)
    .map(({ name }) => (name === 'dml' ? 'directml' : name));
  return names.filter((name): name is RealDevice => name in HOW_TO_GET);
}
