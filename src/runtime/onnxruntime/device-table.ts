/** @file Which devices onnxruntime-node has in it here, what onnxruntime calls them, and what to install for the others. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type InferenceSession, listSupportedBackends } from 'onnxruntime-node';
import { DpoError } from '../../errors.ts';
import type { DeviceKind, DeviceName, Precision } from '../executor.ts';

const PROVIDER_NAMES: Readonly<Record<DeviceKind, string>> = {
  cpu: 'cpu',
  cuda: 'cuda',
  webgpu: 'webgpu',
  coreml: 'coreml',
  directml: 'dml',
};

/** How each device gets into onnxruntime-node. */
const HOW_TO_GET: Readonly<Record<DeviceKind, string>> = {
  cpu: 'It is part of onnxruntime-node.',
  cuda: 'It needs Linux on x64, an NVIDIA driver for CUDA 12, CUDA 12 and cuDNN 9 on LD_LIBRARY_PATH, and onnxruntime-node installed with its CUDA libraries: `node node_modules/onnxruntime-node/script/install.js --onnxruntime-node-install=1`.',
  webgpu:
    'It is part of onnxruntime-node on Linux, Windows and macOS, and needs a Vulkan, Direct3D 12 or Metal driver.',
  coreml: 'It is part of onnxruntime-node on macOS only.',
  directml: 'It is part of onnxruntime-node on Windows only (as "dml").',
};

/** The kind of a device such as `cuda:1`. */
export function deviceKind(device: DeviceName): DeviceKind {
  return device.split(':')[0] as DeviceKind;
}

/** The device that `text` names. @throws {DpoError} INVALID_OPTION when it names none */
export function checkedDevice(text: string): DeviceName {
  const [kind, id, ...rest] = text.split(':');
  const isNumbered =
    (kind === 'cuda' || kind === 'directml') && /^\d{1,3}$/.test(id ?? '') && rest.length === 0;
  if (Object.hasOwn(PROVIDER_NAMES, kind!) && (id === undefined || isNumbered)) return text as DeviceName;
  const names = ['auto', ...Object.keys(PROVIDER_NAMES)].join(', ');
  const message = `The device must be one of ${names}, or numbered as cuda:1 is, got ${JSON.stringify(text)}.`;
  throw new DpoError('INVALID_OPTION', message, { details: { option: 'device', value: text } });
}

/** Half precision where a device is made for it. Core ML chooses its own; on the processor halves are slower than float32. */
export function defaultPrecision(device: DeviceName): Precision {
  return ['cuda', 'directml', 'webgpu'].includes(deviceKind(device)) ? 'float16' : 'float32';
}

/** onnxruntime's settings of the device. */
export function executionProvider(device: DeviceName): InferenceSession.ExecutionProviderConfig {
  const kind = deviceKind(device);
  const deviceId = Number(device.split(':')[1] ?? 0);
  if (kind === 'cuda') return { name: 'cuda', deviceId };
  return kind === 'directml' ? { name: 'dml', deviceId } : PROVIDER_NAMES[kind];
}

/** Why the device cannot be used, as far as that shows without starting it; undefined when nothing is known against it. */
export function missingLibrary(device: DeviceName): string | undefined {
  const kind = deviceKind(device);
  const available = availableDevices();
  if (available.includes(kind)) return undefined;
  const library = kind === 'cuda' && backendNames().includes('cuda') ? `, for want of ${cudaLibrary()}` : '';
  return `is not available here (available: ${available.join(', ')})${library}`;
}

/** The error for a device that cannot be used, which says how to get it. */
export function deviceUnavailable(device: DeviceName, problem: string, cause?: unknown): DpoError {
  const message = `The device "${device}" ${problem}. ${HOW_TO_GET[deviceKind(device)]}`;
  return new DpoError('DEVICE_UNAVAILABLE', message, {
    cause,
    details: { device, available: availableDevices() },
  });
}

/** Devices whose libraries are in the installed package. */
export function availableDevices(): DeviceKind[] {
  const kinds = Object.keys(PROVIDER_NAMES) as DeviceKind[];
  const names = backendNames();
  return kinds.filter(
    (kind) => names.includes(PROVIDER_NAMES[kind]) && (kind !== 'cuda' || existsSync(cudaLibrary())),
  );
}

/**
 * What `auto` tries before the processor, best first: of what this build knows. WebGPU is not among them: onnxruntime-node
 * calls it experimental, and looking for an adapter takes longer than starting on the processor.
 */
export function autoDevices(): DeviceKind[] {
  const names = backendNames();
  return (['cuda', 'coreml', 'directml'] as const).filter((kind) => names.includes(PROVIDER_NAMES[kind]));
}

/** What this build of onnxruntime-node knows of, whether its libraries are there or not. */
function backendNames(): string[] {
  return listSupportedBackends().map(({ name }) => name);
}

// Asking onnxruntime for CUDA where this file is missing writes an error on standard error that cannot be turned off.
function cudaLibrary(): string {
  const root = join(dirname(createRequire(import.meta.url).resolve('onnxruntime-node')), '..');
  const name =
    process.platform === 'win32' ? 'onnxruntime_providers_cuda.dll' : 'libonnxruntime_providers_cuda.so';
  return join(root, 'bin', 'napi-v6', process.platform, process.arch, name);
}
