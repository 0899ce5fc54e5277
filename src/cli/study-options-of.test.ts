import { describe, expect, test } from 'vitest';
import { memoryQuestionOf, pipelineOptionsOf, sampleOptionsOf, studyOptionsOf } from './study-options-of.ts';

describe('studyOptionsOf()', () => {
  test('leaves every default to the library', () => {
    expect(studyOptionsOf({})).toEqual({ gradient: {}, evolution: {} });
  });

  test('sorts the options where the library wants them', () => {
    const options = {
      model: 'm',
      seeds: [3],
      guidance: 4,
      size: { width: 64, height: 32 },
      cropTopLeft: { x: 1, y: 2 },
      negative: 'dog',
      gradientStepIndex: 7,
      temperature: 2,
      population: 8,
      json: true,
    };
    expect(studyOptionsOf(options)).toEqual({
      seeds: [3],
      guidanceScale: 4,
      width: 64,
      height: 32,
      cropTopLeft: { x: 1, y: 2 },
      negativePrompt: 'dog',
      gradient: { temperature: 2, schedule: { kind: 'fixed', stepIndex: 7 } },
      evolution: { population: 8 },
    });
    expect(sampleOptionsOf(options)).toEqual({
      guidanceScale: 4,
      width: 64,
      height: 32,
      cropTopLeft: { x: 1, y: 2 },
    });
    expect(pipelineOptionsOf(options)).toEqual({ model: 'm' });
  });

  test('hands the sampler on, for searches and single pictures', () => {
    const options = { scheduler: 'heun', karras: true, spacing: 'trailing' } as const;
    const expected = { scheduler: 'heun', karrasSigmas: true, timestepSpacing: 'trailing' };
    expect(sampleOptionsOf(options)).toEqual(expected);
    expect(studyOptionsOf(options)).toMatchObject(expected);
  });

  test('hands on how memory is saved', () => {
    const options = {
      vaeTiling: 'on',
      memory: 'low',
      ignoreMemory: true,
      size: { width: 64, height: 32 },
    } as const;
    expect(studyOptionsOf(options)).toMatchObject({ vaeTiling: 'on', ignoreMemory: true });
    expect(sampleOptionsOf(options)).toEqual({ vaeTiling: 'on', width: 64, height: 32 });
    expect(pipelineOptionsOf(options)).toEqual({ memory: 'low' });
    expect(memoryQuestionOf(options)).toEqual({ memory: 'low', vaeTiling: 'on', width: 64, height: 32 });
  });

  test('hands on what makes a search faster', () => {
    const options = {
      preset: 'balanced',
      gradientRefresh: Number.POSITIVE_INFINITY,
      raceAt: [0.4],
      raceKeep: 0.25,
      searchSteps: 15,
      searchScheduler: 'dpm++2m',
      confirm: 2,
      sharePrefix: 0.1,
      sharePositive: 8,
    } as const;
    expect(studyOptionsOf(options)).toEqual({ ...options, gradient: {}, evolution: {} });
  });
});
