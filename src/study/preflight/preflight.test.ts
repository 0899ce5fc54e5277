import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  eventsOf,
  ofType,
  QUICK_STUDY,
  SMALL_SPACE,
  STUDY_PROMPT,
} from '../../../tests/study/quick-study.ts';
import { attack, improve } from '../improve.ts';
import { EMBEDDED_MODEL, loadPipeline } from '../load-pipeline.ts';
import { buildStudySpace } from '../study-space.ts';
import { preflightPictures, preflightSpace, preflightStudy } from './preflight.ts';

const dir = mkdtempSync(join(tmpdir(), 'preflight-'));
symlinkSync(EMBEDDED_MODEL, join(dir, 'sd-turbo'));
const turbo = await loadPipeline({ model: join(dir, 'sd-turbo'), threads: 1 });
const plain = await loadPipeline({ threads: 1 });
afterAll(async () => {
  await Promise.all([turbo.release(), plain.release()]);
  rmSync(dir, { recursive: true });
});

describe('a model that is called like a distilled one', () => {
  it('is refused by improve, before anything is sampled', () => {
    expect(() => improve(turbo, STUDY_PROMPT, QUICK_STUDY)).toThrow(/sd-turbo seems .* by the word "turbo"/);
    expect(() => improve(turbo, STUDY_PROMPT, { ...QUICK_STUDY, guidanceScale: 1 })).toThrow(
      /by the word "turbo"/,
    );
  });

  it('is searched when the user says that it takes guidance', async () => {
    const options = { ...QUICK_STUDY, steps: 1, method: 'random', budget: 1, heldOutSeeds: [] } as const;
    const study = improve(turbo, STUDY_PROMPT, { ...options, space: SMALL_SPACE, allowDistilled: true });
    const events = await eventsOf(study);
    expect(ofType(events, 'warning')).toEqual([]);
    expect(ofType(events, 'candidate')).toHaveLength(1);
  });

  it('is attacked at guidance 1 without a word, above it with a warning', async () => {
    const options = { ...QUICK_STUDY, steps: 1, method: 'random', budget: 1, heldOutSeeds: [] } as const;
    const warnings = async (guidanceScale: number) =>
      ofType(await eventsOf(attack(turbo, STUDY_PROMPT, { ...options, guidanceScale })), 'warning');
    expect(await warnings(1)).toEqual([]);
    expect(await warnings(5)).toEqual([
      { type: 'warning', message: expect.stringMatching(/guidance 5 spoils the pictures/) },
    ]);
  });

  it('is sampled with a warning where a negative prompt is given', () => {
    const pictures = { prompt: 'a red cat', negativePrompt: 'dog', guidanceScale: 7 };
    expect(preflightPictures(turbo, pictures)).toEqual([expect.stringMatching(/spoils the pictures/)]);
    expect(preflightPictures(turbo, { ...pictures, guidanceScale: 1 })).toEqual([
      'At guidance 1 the negative prompt has no effect; the model seems to be made for that, so leave the negative prompt out.',
    ]);
    expect(preflightPictures(turbo, { ...pictures, allowDistilled: true })).toEqual([]);
  });
});

describe('preflightStudy(), preflightPictures() and preflightSpace()', () => {
  it('say nothing of an ordinary request', () => {
    const study = { space: SMALL_SPACE, negativePrompt: '', guidanceScale: 7 };
    expect(preflightStudy(plain, study)).toEqual([]);
    expect(
      preflightPictures(plain, { prompt: STUDY_PROMPT, negativePrompt: 'dog', guidanceScale: 7 }),
    ).toEqual([]);
    expect(preflightSpace(plain.model, SMALL_SPACE)).toEqual([]);
  });

  it('tell what falls off, what is not searched and what is read as text, each once', () => {
    const prompt = `a (small:1.2) dog ${'and a bird '.repeat(10)}near a blue house`;
    const space = buildStudySpace(plain, prompt, { task: 'attack' });
    const expected = [
      expect.stringMatching(
        /^The text encoder reads 30 tokens; these words of the prompt fall off: .*house"/,
      ),
      expect.stringMatching(/commands of web UIs, .*"\(small:1\.2\)" at character 3/),
      expect.stringMatching(/^Not searched, because the text encoder does not read them: .*"house"/),
    ];
    const told = preflightStudy(plain, { space, negativePrompt: '', guidanceScale: 1 });
    expect(told.slice(0, 3)).toEqual(expected);
    expect(preflightSpace(plain.model, space)).toEqual(expected);
    expect(space.leftOut?.map(({ text }) => text)).toContain('house');
  });

  it('look at the negative prompt of an attack too', () => {
    const space = { ...SMALL_SPACE, task: 'attack' } as const;
    expect(preflightStudy(plain, { space, negativePrompt: '(dog:1.2)', guidanceScale: 1 })).toEqual([
      'At guidance 1 the negative prompt has no effect; use --guidance with more than 1.',
      expect.stringMatching(/^The negative prompt has commands of web UIs/),
    ]);
  });

  it('refuse a prompt of which no searchable word is read', () => {
    const prompt = `${'a '.repeat(40)}red cat`;
    expect(() => buildStudySpace(plain, prompt, { task: 'improve' })).toThrow(
      /lie beyond what the text encoder reads.*Make the prompt shorter/,
    );
  });
});
