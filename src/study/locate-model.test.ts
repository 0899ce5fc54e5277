import { describe, expect, it } from 'vitest';
import { hubNameOf, locateModel } from './locate-model.ts';

describe('where a model is', () => {
  it('is a path that exists before it is a name', () => {
    expect(hubNameOf('tests/fixtures')).toBeUndefined();
    expect(hubNameOf('tests/no-fixtures')).toMatchObject({ repo: 'tests/no-fixtures' });
  });

  it('is left to its opener where it is neither', async () => {
    expect(await locateModel('/nowhere/model', { role: 'model' })).toBe('/nowhere/model');
    expect(await locateModel('nowhere', { role: 'model' })).toBe('nowhere');
  });

  it('is not just any address', () => {
    expect(() => hubNameOf('https://example.com/model.safetensors')).toThrow(
      /no model on the hub.*model\.safetensors/,
    );
  });
});
