import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { datasetRow } from '../../../tests/study/dataset-example.ts';
import { webUiLines } from './web-ui-lines.ts';

/** A line's words, as a shell reads them. */
function wordsOf(line: string): string[] {
  const words = execFileSync('sh', [
    '-c',
    `printf '%s\\0' ${line.replaceAll('$', '\\$').replaceAll('`', '\\`')}`,
  ]);
  return words.toString().split('\0').slice(0, -1);
}

describe('webUiLines', () => {
  it('gives a line for each searched seed', () => {
    expect(webUiLines(datasetRow())).toEqual([
      '--prompt "a red cat" --negative_prompt "dog, green" --steps 50 --cfg_scale 7.5 --seed 1 --width 512 --height 512 --sampler_name "DDIM"',
      '--prompt "a red cat" --negative_prompt "dog, green" --steps 50 --cfg_scale 7.5 --seed 7 --width 512 --height 512 --sampler_name "DDIM"',
    ]);
  });

  it('escapes for the prompt parser, then for the line', () => {
    const row = datasetRow({
      optimizedPrompt: 'a "big" (red) cat\\\nby [nobody]',
      negativePrompt: '',
      seeds: [1],
    });
    const [line] = webUiLines(row);
    expect(wordsOf(line).slice(0, 3)).toEqual([
      '--prompt',
      'a "big" \\(red\\) cat\\\\ by \\[nobody\\]',
      '--steps',
    ]);
  });

  it('is one line of whole words, whatever the prompt holds', () => {
    const text = fc.string({ unit: fc.constantFrom(...'ab "\'\\()[]-\n\u2028$`☃') });
    fc.assert(
      fc.property(text, (optimizedPrompt) => {
        const lines = webUiLines(datasetRow({ optimizedPrompt, negativePrompt: '', seeds: [1] }));
        expect(lines.join('')).not.toMatch(/[\n\r\u2028]/);
        const [flag, prompt, next] = wordsOf(lines[0]);
        expect([flag, next]).toEqual(['--prompt', '--steps']);
        const unescaped = prompt.replace(/\\([\\()[\]])/g, '$1');
        expect(unescaped).toBe(optimizedPrompt.replace(/\s*[\n\u2028]\s*/g, ' '));
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    [{ scheduler: 'dpm++2m', sampler: 'DPM++ 2M', karrasSigmas: true }, ' --sampler_name "DPM++ 2M Karras"'],
    [{ scheduler: 'euler-ancestral', sampler: 'Euler a' }, ' --sampler_name "Euler a"'],
    [{ scheduler: 'ddpm', sampler: 'DDPM' }, ' --height 512'],
  ])('names the sampler as the web UI does: %o', (more, end) => {
    const row = datasetRow();
    const [line] = webUiLines({ ...row, settings: { ...row.settings, ...more } });
    expect(line.endsWith(end)).toBe(true);
  });

  it('asks for the adapters that were merged', () => {
    const row = datasetRow();
    const loras = [{ name: 'pixel art', scale: 0.8, sha256: 'a' }];
    const [line] = webUiLines({ ...row, settings: { ...row.settings, loras } });
    expect(line).toContain('--prompt "a red cat <lora:pixel art:0.8>"');
  });
});
