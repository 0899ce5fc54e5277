import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type GeneratedPicture, generationParameters } from './generation-parameters.ts';
import type { PictureSettings } from './recorded-settings.ts';

const SETTINGS: PictureSettings = {
  model: 'pocket',
  scorer: 'pocket/scorer',
  sampler: 'DDIM',
  scheduler: 'ddim',
  guidedSteps: 50,
  karrasSigmas: false,
  timestepSpacing: 'leading',
  steps: 50,
  guidanceScale: 7.5,
  eta: 0,
  width: 64,
  height: 64,
  vaeTiling: 'off',
  device: 'cpu',
  precision: 'float32',
} as const;

/** The pairs of the last line as AUTOMATIC1111's parser finds them. */
const PAIR = /\s*(\w[\w \-/]+):\s*("(?:\\.|[^\\"])+"|[^,]*)(?:,|$)/g;

/** Reads the text as AUTOMATIC1111 does. */
function parse(text: string) {
  const lines = text.trim().split('\n');
  const last = lines.pop()!;
  const pairs = [...last.matchAll(PAIR)].map(([, key, value]) => [key, unquote(value)]);
  expect(pairs.length).toBeGreaterThanOrEqual(3);
  const parts = { prompt: [] as string[], negative: [] as string[] };
  let part = parts.prompt;
  for (const line of lines.map((l) => l.trim())) {
    if (line.startsWith('Negative prompt:')) part = parts.negative;
    part.push(line.replace(/^Negative prompt:/, '').trim());
  }
  return {
    prompt: unescaped(parts.prompt.join('\n')),
    negativePrompt: unescaped(parts.negative.join('\n')),
    settings: Object.fromEntries(pairs),
  };
}

/** What the prompt parser takes for text. */
function unescaped(prompt: string): string {
  return prompt.replace(/\\([\\()[\]])/g, '$1');
}

function unquote(value: string): string {
  return value.startsWith('"') && value.endsWith('"') ? JSON.parse(value) : value;
}

function picture(change: Partial<GeneratedPicture> = {}): GeneratedPicture {
  return { prompt: 'a red cat', negativePrompt: 'dog, blue', seed: 0, settings: SETTINGS, ...change };
}

describe('generationParameters()', () => {
  it('writes what the ecosystem reads', () => {
    expect(generationParameters(picture())).toBe(
      [
        'a red cat',
        'Negative prompt: dog, blue',
        'Steps: 50, Sampler: DDIM, CFG scale: 7.5, Seed: 0, Size: 64x64, Model: pocket, RNG: CPU, Device: cpu, Precision: float32',
      ].join('\n'),
    );
  });

  it('escapes brackets, which are text here and would be weights there', () => {
    const text = generationParameters(picture({ prompt: 'a (red:1.2) cat', negativePrompt: '[dog]' }));
    expect(text).toContain(String.raw`a \(red:1.2\) cat`);
    expect(text).toContain(String.raw`Negative prompt: \[dog\]`);
  });

  it('leaves out an empty negative prompt and says an eta above 0', () => {
    const text = generationParameters(picture({ negativePrompt: ' ', settings: { ...SETTINGS, eta: 0.5 } }));
    expect(text).not.toContain('Negative');
    expect(parse(text).settings).toMatchObject({ 'Eta DDIM': '0.5' });
  });

  it('says that the picture was decoded in tiles, where it was', () => {
    const text = generationParameters(picture({ settings: { ...SETTINGS, vaeTiling: 'on' } }));
    expect(parse(text).settings).toMatchObject({ 'VAE tiling': 'on' });
    expect(generationParameters(picture())).not.toContain('tiling');
  });

  it('says the sizes that SDXL was told', () => {
    const sizes = {
      originalSize: { width: 1024, height: 768 },
      cropTopLeft: { x: 3, y: 4 },
      targetSize: { width: 64, height: 64 },
    };
    const text = generationParameters(picture({ settings: { ...SETTINGS, ...sizes } }));
    expect(parse(text).settings).toMatchObject({
      'Original size': '1024x768',
      'Crop top left': '3,4',
      'Target size': '64x64',
    });
  });
  it.each([
    [{ scheduler: 'dpm++2m', sampler: 'DPM++ 2M', karrasSigmas: true }, { 'Schedule type': 'Karras' }],
    [{ scheduler: 'euler-ancestral', sampler: 'Euler a' }, { 'Schedule type': 'Uniform' }],
    [
      { scheduler: 'euler', sampler: 'Euler', timestepSpacing: 'trailing' },
      { 'Timestep spacing': 'trailing' },
    ],
    [{ timestepSpacing: 'trailing' }, { 'Timestep spacing': 'trailing' }],
  ] as const)(
    'says the schedule as the web UI does, and a spacing that is not the usual: %j',
    (change, said) => {
      const usual = { timestepSpacing: 'scheduler' in change ? ('linspace' as const) : ('leading' as const) };
      const settings = { ...SETTINGS, ...usual, ...change };
      const text = generationParameters(picture({ settings }));
      expect(parse(text).settings).toMatchObject({ Sampler: settings.sampler, ...said });
      expect(text.includes('Timestep spacing')).toBe('Timestep spacing' in said);
      expect(text.includes('Schedule type')).toBe('scheduler' in change);
    },
  );

  it.each(['a, b', 'C:\\models', 'two\nlines', '"quoted"', ' padded ', '', '猫, 犬'])(
    'quotes a model called %j so that it is read back',
    (model) => {
      const text = generationParameters(picture({ settings: { ...SETTINGS, model } }));
      expect(parse(text).settings).toMatchObject({ Model: model, Size: '64x64', RNG: 'CPU' });
    },
  );

  it('is read back whole, for any prompts', () => {
    const words = fc
      .array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }), { minLength: 1, maxLength: 6 })
      .map((parts) => parts.join(', ').replace(/\s+/gu, ' ').trim())
      .filter((text) => text !== '' && !text.startsWith('Negative prompt:'));
    const anyPicture = fc.record({
      prompt: words,
      negativePrompt: fc.oneof(fc.constant(''), words),
      seed: fc.nat(),
      settings: fc.constant(SETTINGS),
    });
    fc.assert(
      fc.property(anyPicture, (given) => {
        const { prompt, negativePrompt, settings } = parse(generationParameters(given));
        expect({ prompt, negativePrompt }).toEqual({
          prompt: given.prompt,
          negativePrompt: given.negativePrompt,
        });
        expect(settings).toMatchObject({ Steps: '50', 'CFG scale': '7.5', Seed: String(given.seed) });
      }),
    );
  });

  it('keeps the lines of a prompt that has several', () => {
    expect(parse(generationParameters(picture({ prompt: 'one\ntwo' }))).prompt).toBe('one\ntwo');
  });
});
