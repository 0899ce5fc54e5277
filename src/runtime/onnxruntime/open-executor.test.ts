import { describe, expect, it } from 'vitest';
import type { Device, DeviceName } from '../executor.ts';
import { autoDevices, availableDevices, defaultPrecision } from './device-table.ts';
import { openExecutor } from './open-executor.ts';

const ELSEWHERE = (['cuda', 'cuda:1', 'coreml', 'directml'] as const).filter(
  (device) => !availableDevices().some((kind) => device.startsWith(kind)),
);

async function refusal(device: Device): Promise<{ readonly code: string; readonly message: string }> {
  return openExecutor({ device }).then(
    () => ({ code: 'none', message: 'it was opened' }),
    (error) => error,
  );
}

describe('a device that is named', () => {
  it.each(ELSEWHERE)('is refused where its libraries are missing: %s', async (device) => {
    const { code, message } = await refusal(device);
    expect(code).toBe('DEVICE_UNAVAILABLE');
    expect(message).toMatch(new RegExp(`^The device "${device}" is not available here \\(available: cpu`));
    expect(message).toMatch(/onnxruntime-node (installed|on macOS|on Windows)/);
  });

  it.runIf(process.platform === 'linux' && process.arch === 'x64' && ELSEWHERE.includes('cuda'))(
    'is told which file it wants, without asking onnxruntime, which would print an error of its own',
    async () => {
      const { message } = await refusal('cuda');
      expect(message).toMatch(/for want of \/.*\/linux\/x64\/libonnxruntime_providers_cuda\.so\. /);
      expect(message).toContain('install.js --onnxruntime-node-install=1');
    },
  );

  // Where there is a driver it opens, with the right numbers; nothing else is a pass.
  it('opens or says what it wants: webgpu', async () => {
    const { code, message } = await refusal('webgpu');
    if (code === 'none') return;
    expect(code).toBe('DEVICE_UNAVAILABLE');
    expect(message).toMatch(
      /^The device "webgpu" (could not be (started|used) \([^\n]+\)|gives wrong numbers)/,
    );
    expect(message).toContain('needs a Vulkan, Direct3D 12 or Metal driver');
  });

  it.each(['gpu', 'cpu:1', 'cuda:x', 'cuda:1:2', '', 'CUDA', 'constructor'])(
    'is refused where there is no such thing: %j',
    async (device) => {
      const { code, message } = await refusal(device as Device);
      expect(code).toBe('INVALID_OPTION');
      expect(message).toContain(
        `one of auto, cpu, cuda, webgpu, coreml, directml, or numbered as cuda:1 is, got "${device}".`,
      );
    },
  );

  it('computes in no precision that there is not', async () => {
    await expect(openExecutor({ device: 'cpu', precision: 'bfloat16' as 'float16' })).rejects.toThrow(
      'The precision must be auto, float16 or float32, got "bfloat16".',
    );
  });

  it('takes the precision that is asked for, or the one that suits it', async () => {
    expect(await openExecutor({ device: 'cpu' })).toMatchObject({ precision: 'float32', passedOver: [] });
    expect(await openExecutor({ device: 'cpu', precision: 'float16' })).toMatchObject({
      precision: 'float16',
    });
    const suited = (['cpu', 'cuda', 'cuda:1', 'webgpu', 'directml', 'coreml'] as const).map(defaultPrecision);
    expect(suited).toEqual(['float32', 'float16', 'float16', 'float16', 'float16', 'float32']);
  });
});

describe('auto', () => {
  it('opens something, and accounts for each better device that it passed over', async () => {
    const { device, passedOver } = await openExecutor();
    const tried: DeviceName[] = autoDevices();
    const before = tried.includes(device) ? tried.slice(0, tried.indexOf(device)) : tried;
    const without = passedOver.filter(({ precision }) => precision === undefined);
    expect(without.map((passed) => passed.device)).toEqual(before);
    for (const { reason } of passedOver) expect(reason).toMatch(/^it \S/);
    if (device === 'cpu') expect(without).toHaveLength(tried.length);
  });

  it.runIf(availableDevices().join() === 'cpu,webgpu')(
    'costs no time where there is the processor only',
    async () => {
      const start = performance.now();
      expect((await openExecutor()).device).toBe('cpu');
      expect(performance.now() - start).toBeLessThan(20);
    },
  );
});
