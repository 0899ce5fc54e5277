import { describe, expect, it } from 'vitest';
import { floatTensor } from '../../tensor/tensor.ts';
import type { Executor } from '../executor.ts';
import { createOrtExecutor } from './ort-executor.ts';
import { probeDevice } from './probe-device.ts';

/** The processor, as a device that makes something else of every result. */
function spoiled(spoil: (value: number) => number, executor = createOrtExecutor({ threads: 1 })): Executor {
  return {
    device: 'webgpu',
    precision: executor.precision,
    passedOver: [],
    runtime: 'test',
    memory: executor.memory,
    isMemorySettled: false,
    release: () => executor.release(),
    compile: async (graph, options) => {
      const program = await executor.compile(graph, options);
      const run: typeof program.run = async (inputs) => {
        const { y } = await program.run(inputs);
        return { y: floatTensor(y.shape, y.data.map(spoil)) };
      };
      return { graph, run };
    },
  };
}

describe('the probe of a device', () => {
  it.each(['float32', 'float16'] as const)('accepts the processor in %s', async (precision) => {
    await probeDevice(createOrtExecutor({ threads: 1, precision }));
  });

  it('refuses wrong numbers, and what is no number', async () => {
    const wrong = spoiled((value) => value * 1.2);
    await expect(probeDevice(wrong)).rejects.toThrow(
      /^The device "webgpu" gives wrong numbers in float32 \(off by/,
    );
    await expect(probeDevice(spoiled(() => Number.NaN))).rejects.toMatchObject({
      code: 'DEVICE_UNAVAILABLE',
    });
  });

  it('refuses a device that breaks down', async () => {
    const broken = spoiled(() => {
      throw new Error('device lost');
    });
    await expect(probeDevice(broken)).rejects.toThrow('could not be used (device lost)');
  });
});
