/** @file Our samplers against diffusers', and that a wrong number would be seen. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { SAMPLERS } from '../../src/diffusion/schedulers/scheduler-names.ts';
import { writeSafetensors } from '../../src/index.ts';
import { checkSchedulers, hasSchedulerReference, readSchedulerReference } from './scheduler-parity.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures');
const { cases, tensors } = await readSchedulerReference(FIXTURES);
const rows = await checkSchedulers(FIXTURES);

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

describe.each(Object.keys(cases))('%s', (name) => {
  it('has the timesteps and levels of diffusers, and walks its trajectory', () => {
    const own = rows.filter((row) => row.name.startsWith(`schedulers.${name}.`));
    expect(own.map((row) => row.name)).toEqual(
      expect.arrayContaining(
        ['trajectory', 'inputs', 'timesteps'].map((what) => `schedulers.${name}.${what}`),
      ),
    );
    for (const { name: what, error } of own) expect({ what, ok: error < 5e-6 }).toEqual({ what, ok: true });
  });
});

it('covers every sampler, both predictions, every spacing, Karras and a schedule of zero terminal signal', () => {
  const configs = Object.values(cases).map(({ config }) => config);
  const classes = new Set(configs.map((config) => config._class_name));
  expect(classes).toEqual(new Set(Object.values(SAMPLERS).map(({ className }) => className)));
  expect(new Set(configs.map((config) => config.prediction_type))).toEqual(
    new Set(['epsilon', 'v_prediction']),
  );
  expect(new Set(configs.map((config) => config.timestep_spacing)).size).toBe(3);
  expect(configs.some((config) => config.use_karras_sigmas)).toBe(true);
  expect(configs.some((config) => config.rescale_betas_zero_snr)).toBe(true);
  expect(rows.map(({ name }) => name)).toEqual([...tensors.keys()].map((name) => `schedulers.${name}`));
});

describe('a reference that differs', () => {
  async function folderWith(change: (tensors: Map<string, { data: { [i: number]: number } }>) => void) {
    const folder = await mkdtemp(join(tmpdir(), 'dpo-diff-schedulers-'));
    folders.push(folder);
    const reference = new Map((await readSchedulerReference(FIXTURES)).tensors);
    change(reference);
    await writeSafetensors(join(folder, 'schedulers.safetensors'), reference);
    await writeFile(join(folder, 'schedulers.json'), await readFile(join(FIXTURES, 'schedulers.json')));
    return folder;
  }

  it('is seen, tensor by tensor', async () => {
    const folder = await folderWith((reference) => {
      reference.get('heun.timesteps')!.data[3] += 1;
      reference.get('unipc.trajectory')!.data[700] += 0.1;
      reference.set('made.up', reference.get('noise')!);
    });
    expect(hasSchedulerReference(folder)).toBe(true);
    const failed = (await checkSchedulers(folder)).filter(({ ok }) => !ok).map(({ name }) => name);
    expect(failed.sort()).toEqual(
      ['heun.timesteps', 'made.up', 'unipc.trajectory'].map((name) => `schedulers.${name}`),
    );
  });

  it('is refused where it is no reference at all', async () => {
    const folder = await folderWith(() => {});
    await writeFile(join(folder, 'schedulers.json'), '{"x": {"config": 5}}');
    await expect(checkSchedulers(folder)).rejects.toMatchObject({ code: 'INVALID_CHECKPOINT' });
    expect(hasSchedulerReference(join(FIXTURES, 'sd1'))).toBe(false);
  });
});
