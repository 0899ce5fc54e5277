import { describe, expect, it } from 'vitest';
import type { WordEffect } from '../word-effect.ts';
import { ablationSection } from './ablation-section.ts';

const HELPED: WordEffect = { word: 'dog', part: 'negative', effect: 0.02, interval: [0.01, 0.03] };
const HURT: WordEffect = { word: 'crimson', part: 'positive', effect: -0.01, interval: null };

describe('ablationSection()', () => {
  it('says nothing without words', () => {
    expect(ablationSection([])).toBe('');
  });

  it('puts the word that helped most first, with its part and its interval', () => {
    const html = ablationSection([HURT, HELPED]);
    expect(html.indexOf('>dog<')).toBeLessThan(html.indexOf('>crimson<'));
    expect(html).toContain('in the negative prompt');
    expect(html).toContain('+0.010 to +0.030');
    expect(html).toContain('−0.010');
  });

  it('draws a bar from the middle to the side of its sign, and whiskers only with an interval', () => {
    const helped = ablationSection([HELPED]);
    expect(helped).toMatch(/class="helped" x="70" y="3" width="44"/);
    expect(helped).toContain('class="whisker" d="M92 8H136');
    const hurt = ablationSection([HURT]);
    expect(hurt).toMatch(/class="hurt" x="4" y="3" width="66"/);
    expect(hurt).not.toContain('whisker');
  });

  it('has a column for held-out seeds where one word has them', () => {
    expect(ablationSection([HELPED])).not.toContain('Held-out seeds');
    const html = ablationSection([
      { ...HELPED, heldOutEffect: -0.004, heldOutInterval: [-0.01, 0.002] },
      HURT,
    ]);
    expect(html).toContain('Held-out seeds');
    expect(html).toContain('−0.010 to +0.002');
    expect(html).toContain('<td>–</td>');
  });

  it('never prints what is no number, and draws where every effect is 0', () => {
    const odd = ablationSection([
      { ...HELPED, effect: Number.NaN },
      { ...HURT, effect: 0, interval: [Number.NaN, 1] },
    ]);
    expect(odd).not.toMatch(/NaN|Infinity/);
    expect(odd).toContain('class="helped" x="70" y="3" width="0"');
  });

  it('escapes words', () => {
    const html = ablationSection([{ ...HELPED, word: '<script>alert("x")</script>' }]);
    expect(html).not.toContain('<script>');
    expect(html).toContain('&lt;script&gt;');
  });

  it('says of a substitute what it took the place of, and of an attack what it compares', () => {
    const html = ablationSection([{ ...HELPED, part: 'positive', insteadOf: '<red>' }], 'attack');
    expect(html).toContain('instead of &lt;red&gt;');
    expect(html).toContain('The loss with each word, less the loss without it');
  });
});
