import { describe, expect, test } from 'vitest';
import { parseConfigFile, readConfigFile } from './config-file.ts';

const parse = (options: unknown) => parseConfigFile(JSON.stringify(options), 'my.json');

describe('parseConfigFile()', () => {
  test('reads both spellings with the types of JSON', () => {
    const options = {
      steps: 20,
      'held-out-seeds': [],
      searchSeed: 3,
      seeds: [0, 1],
      size: '64x32',
      quiet: true,
      json: false,
      generations: 'unlimited',
      'min-similarity': -0.5,
      'race-at': 0.4,
      gradientRefresh: 'never',
    };
    expect(parse(options)).toEqual({
      steps: 20,
      heldOutSeeds: [],
      searchSeed: 3,
      seeds: [0, 1],
      size: { width: 64, height: 32 },
      quiet: true,
      generations: Number.POSITIVE_INFINITY,
      minSimilarity: -0.5,
      raceAt: [0.4],
      gradientRefresh: Number.POSITIVE_INFINITY,
    });
    expect(parse({ raceAt: [0.3, 12] })).toEqual({ raceAt: [0.3, 12] });
  });

  test('reads one value or several of an option that may be repeated', () => {
    expect(parse({ scorer: 'a' })).toEqual({ scorer: ['a'] });
    expect(parse({ scorer: ['a', 'b:0.5'] })).toEqual({ scorer: ['a', 'b:0.5'] });
  });

  test.each([
    [{ scorer: [] }, 'it must be a text in quotes, or a list of such.'],
    [{ scorer: [1] }, 'it must be a text in quotes, or a list of such.'],
    [{ scorer: ['a', ''] }, '"scorer" in my.json must be a path, which is not empty, but it is nothing.'],
    [{ stpes: 20 }, 'The configuration file my.json has "stpes", which is no option. Did you mean "steps"?'],
    [{ steps: '20' }, 'The configuration file my.json has "steps": "20", but it must be a number.'],
    [{ steps: 2.5 }, '"steps" in my.json must be a whole number of at least 1, but it is "2.5".'],
    [{ steps: null }, '"steps": null, but it must be a number.'],
    [{ seeds: [0, '1'] }, 'it must be a list of numbers'],
    [{ seeds: [] }, '"seeds" in my.json must be different whole numbers'],
    [{ quiet: 'yes' }, 'it must be true or false.'],
    [{ budget: 'unlimited' }, '"budget" in my.json must be a whole number'],
    [{ maxSeconds: 1, 'max-seconds': 2 }, 'has "max-seconds" twice'],
    [{ config: 'other.json' }, 'has "config", which is no option.'],
    [{ constructor: 1 }, 'has "constructor", which is no option.'],
    [[1], 'must hold a JSON object'],
    ['steps', 'must hold a JSON object'],
  ])('refuses %j by name', (options, message) => {
    expect(() => parse(options)).toThrow(message);
  });

  test('refuses a key that stands twice, of which JSON keeps the last', () => {
    expect(() => parseConfigFile('{"steps": 20, "steps": 30}', 'my.json')).toThrow(
      'The configuration file my.json has "steps" twice. Keep one of them.',
    );
  });

  test('refuses what is no JSON', () => {
    expect(() => parseConfigFile('{steps: 1}', 'my.json')).toThrow('my.json is not JSON');
  });
});

describe('readConfigFile()', () => {
  test('says so when there is no such file', async () => {
    await expect(readConfigFile('/nowhere/my.json')).rejects.toMatchObject({ code: 'FILE_ACCESS' });
  });
});
