import { expect, test } from 'vitest';
import { inspectCheckpoint } from './inspect-checkpoint.ts';
import { EMBEDDED_MODEL } from './load-pipeline.ts';

test('says what each memory mode takes at a size, and whether it fits here', async () => {
  const { memory } = await inspectCheckpoint(EMBEDDED_MODEL, { width: 96, height: 64, memory: 'low' });
  expect(memory).toMatchObject({ width: 96, height: 64, memory: 'low', vaeTiling: 'off' });
  expect(memory!.modes.map(({ mode }) => mode)).toEqual(['fast', 'balanced', 'low']);
  expect(memory!.modes[2]).toMatchObject({
    samplingBytes: memory!.samplingBytes,
    gradientBytes: memory!.gradientBytes,
    samplingFits: true,
    gradientFits: true,
  });
  expect(memory!.availableBytes).toBeGreaterThan(memory!.gradientBytes);
});

test('counts tiles where they are asked for', async () => {
  const [whole, tiled] = [
    await inspectCheckpoint(EMBEDDED_MODEL, { width: 128, height: 128, vaeTiling: 'off' }),
    await inspectCheckpoint(EMBEDDED_MODEL, { width: 128, height: 128, vaeTiling: 'on' }),
  ];
  expect(tiled.memory!.vaeTiling).toBe('on');
  expect(tiled.memory!.samplingBytes).toBeLessThan(whole.memory!.samplingBytes);
});

test('refuses a size that the model cannot paint, rather than calling the model unfit', async () => {
  await expect(inspectCheckpoint(EMBEDDED_MODEL, { width: 65 })).rejects.toMatchObject({
    code: 'INVALID_OPTION',
    message: "The picture's width must be a multiple of 16 pixels, got 65.",
  });
});
