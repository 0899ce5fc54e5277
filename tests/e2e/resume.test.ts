import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CrashFigures, CrashRun } from '../../bench/crash/crash-run.ts';
import { MersenneTwister } from '../../src/tensor/mersenne-twister.ts';
import { runDpoDiff } from './command-line-process.ts';

let cwd: string;
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'dpo-diff-resume-'));
});
afterAll(() => rm(cwd, { recursive: true, force: true }));

const SMALL = ['--steps', '4', '--budget', '6', '--iterations', '2', '--seeds', '0', '--held-out-seeds', '1'];
const STUDY = ['improve', 'a red cat and a blue car', ...SMALL];

test('studies killed at 50 random instants end as an undisturbed one does', {
  timeout: 1_800_000,
}, async () => {
  const run = new CrashRun(cwd, new MersenneTwister(6));
  await run.begin();
  const figures: CrashFigures = { kills: 0, studies: 0, different: 0, lost: 0, damaged: 0, problems: [] };
  while (figures.kills < 50) await run.study(figures, Math.min(5, 50 - figures.kills));
  expect(figures).toMatchObject({ kills: 50, different: 0, lost: 0, damaged: 0, problems: [] });
});

describe('resume and studies', { timeout: 300_000 }, () => {
  const dpoDiff = (env: Record<string, string>, ...args: string[]) => runDpoDiff(args, { cwd, env });

  test('a study that Ctrl-C stopped goes on from another folder, in the folder of its pictures', async () => {
    const env = { DPO_DIFF_STORE: join(cwd, 'stopped.db') };
    // A second one would end it at once.
    let isTold = false;
    const stopped = await runDpoDiff([...STUDY, '--budget', '12', '--out', 'pictures'], {
      cwd,
      env,
      onStderr: (text, child) => {
        if (isTold || !text.includes('Gradient search')) return;
        isTold = true;
        child.kill('SIGINT');
      },
    });
    expect(stopped.code).toBe(130);
    const [, id] = /Go on with: dpo-diff resume (\w+)/.exec(stopped.stderr)!;
    expect(stopped.stderr).toMatch(new RegExp(`^Study ${id}: searching a negative prompt`));
    expect((await dpoDiff(env, 'studies')).stdout).toMatch(new RegExp(`${id} +stopped`));

    const resumed = await runDpoDiff(['resume', id.slice(0, 5), '--json'], { cwd: tmpdir(), env });
    expect(resumed.code).toBe(0);
    const result = JSON.parse(resumed.stdout);
    expect(result).toMatchObject({ studyId: id, runDir: join(cwd, 'pictures') });
    const plain = await dpoDiff(
      { DPO_DIFF_STORE: 'none' },
      ...STUDY,
      '--budget',
      '12',
      '--json',
      '--out',
      'plain',
    );
    const undisturbed = JSON.parse(plain.stdout);
    expect(result.best).toEqual(undisturbed.best);
    expect(result.evaluations).toBe(undisturbed.evaluations);
    expect(undisturbed.studyId).toBeUndefined();
    expect((await dpoDiff(env, 'studies', '--json')).stdout).toContain('"state":"done"');
    // What is done is shown as it was, and nothing is searched.
    const again = await dpoDiff(env, 'resume', id, '--json');
    expect(JSON.parse(again.stdout)).toEqual(result);
    expect(again.stderr).toContain('is done.');
  });

  test('two searches share one store, and the second computes nothing', async () => {
    const env = { DPO_DIFF_STORE: join(cwd, 'shared.db') };
    const both = await Promise.all([dpoDiff(env, ...STUDY, '--json'), dpoDiff(env, ...STUDY, '--json')]);
    for (const { code } of both) expect(code).toBe(0);
    const third = JSON.parse((await dpoDiff(env, ...STUDY, '--json')).stdout);
    expect(third.best).toEqual(JSON.parse(both[0].stdout).best);
    expect(third.knownPictures).toBeGreaterThanOrEqual(third.evaluations);
  });

  test('says what it cannot do, and exits with 2', async () => {
    const env = { DPO_DIFF_STORE: join(cwd, 'none.db') };
    expect(await dpoDiff(env, 'studies')).toMatchObject({ code: 2, stdout: '' });
    const unknown = await dpoDiff(env, 'resume', 'abcdefgh');
    expect(unknown).toMatchObject({ code: 2, stdout: '' });
    expect(unknown.stderr).toMatch(/There is no store .*none\.db yet/);
    expect((await dpoDiff({ DPO_DIFF_STORE: 'none' }, 'studies')).stderr).toMatch(/This needs a store/);
    const broken = await dpoDiff({}, ...STUDY, '--store', cwd);
    expect(broken.code).toBe(2);
    expect(broken.stderr).toMatch(/The store .* cannot be used/);
  });

  test("a search goes on where the user's own store cannot be used", async () => {
    const env = { DPO_DIFF_STORE: '/proc/nowhere/studies.db' };
    const found = await dpoDiff(env, ...STUDY, '--out', 'unkept');
    expect(found.code).toBe(0);
    expect(found.stderr).toMatch(
      /Warning: The store \/proc\/nowhere\/studies\.db cannot be used: .* Nothing is kept/,
    );
  });
});
