import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type SyntheticStudyOptions, syntheticEvents } from '../../../tests/study/synthetic-study.ts';
import { NO_ACCELERATION } from '../resolve-acceleration.ts';
import type { RecordedAcceleration } from '../study-event.ts';
import { type StudyRecord, StudyRecorder } from '../study-record.ts';
import { lossCurve } from './loss-curve.ts';
import { renderReport } from './report.ts';

function recordOf(options: SyntheticStudyOptions = {}): StudyRecord {
  const recorder = new StudyRecorder();
  for (const event of syntheticEvents(options)) {
    if (event.type === 'finished') return recorder.finish(event.result);
    recorder.add(event);
  }
  throw new Error('no last event');
}

const VOID = new Set(['meta', 'img']);

/** Fails unless every element that opens is closed in order and every attribute is quoted. */
function expectWellFormed(html: string): void {
  const open: string[] = [];
  const body = html.replace(/<!doctype html>/, '').replace(/<style>[^<]*<\/style>/, '');
  for (const [, closing, name, attributes, selfClosing] of body.matchAll(
    /<(\/?)([a-z][a-z0-9]*)((?:\s[^<>]*?)?)(\/?)>/g,
  )) {
    if (closing) expect(open.pop()).toBe(name);
    else if (!selfClosing && !VOID.has(name)) open.push(name);
    expect(attributes.replace(/\s[\w-]+(="[^"<>]*")?/g, '')).toBe('');
  }
  expect(open).toEqual([]);
  expect(body.replace(/<\/?[a-z][^<>]*>/g, '')).not.toMatch(/[<>]/);
}

/** The text of `html` without its markup. */
function textOf(html: string): string {
  return html
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');
}

describe('renderReport()', () => {
  it('says the sampler with its sigmas and spacing', () => {
    const record = recordOf();
    const { settings } = record.started;
    const textWith = (change: Partial<typeof settings>) =>
      textOf(
        renderReport({ ...record, started: { ...record.started, settings: { ...settings, ...change } } }),
      );
    expect(textWith({})).toContain('DDIM, 20 steps, leading spacing, eta 0');
    const solver = { scheduler: 'dpm++2m', sampler: 'DPM++ 2M', timestepSpacing: 'linspace' } as const;
    expect(textWith({ ...solver, karrasSigmas: true })).toContain(
      'DPM++ 2M Karras, 20 steps, linspace spacing',
    );
    expect(textWith({ scheduler: 'lcm', sampler: 'LCM', timestepSpacing: null })).toContain(
      'LCM, 20 steps Guidance',
    );
  });

  it('says which words mattered where that was measured', () => {
    const record = recordOf();
    expect(renderReport(record)).not.toContain('Which words mattered');
    const wordEffects = [{ word: 'dog', part: 'negative', effect: 0.02, interval: null }] as const;
    const html = renderReport({ ...record, result: { ...record.result, wordEffects } });
    expectWellFormed(html);
    expect(textOf(html)).toMatch(/Which words mattered .* dog in the negative prompt/);
  });

  it('needs nothing from elsewhere and no script', () => {
    const html = renderReport(recordOf());
    expect(html).not.toMatch(/<script|<link|@import|url\(|\son\w+=/);
    const sources = [...html.matchAll(/(?:src|href)="([^"]{0,30})/g)].map(([, source]) => source);
    expect(sources).toHaveLength(12);
    for (const source of sources) expect(source).toMatch(/^data:image\/png;base64,/);
  });

  it.each<[string, SyntheticStudyOptions]>([
    ['an improvement', {}],
    [
      'an attack without gradient or held-out seeds',
      { task: 'attack', gradientIterations: 0, heldOutSeeds: [] },
    ],
    ['a study that was stopped at once', { evaluations: 0, gradientIterations: 0, pictures: false }],
    ['a study of the original alone', { evaluations: 1, gradientIterations: 0 }],
  ])('is well-formed for %s', (_, options) => {
    expectWellFormed(renderReport(recordOf(options)));
  });

  it('says what was found, and of the held-out seeds what was measured', () => {
    const record = recordOf();
    const text = textOf(renderReport(record));
    expect(text).toContain(record.result.summary);
    expect(text).toContain(`Negative prompt found ${record.result.best.negativePrompt} `);
    expect(text).toMatch(/Searched 0, 1 0\.460 0\.\d{3} −0\.\d{3}/);
    expect(text).toMatch(/Held out 2–5 0\.456 0\.459 \+0\.003 −0\.041 to \+0\.047/);
    expect(text).toContain('It includes zero');
    expect(text).toContain('Note: The words &quot;next to&quot; fall beyond');
  });

  it('says what each scorer says, and what the one that was held out says', () => {
    const record = recordOf();
    const scorers = ['<clip>', 'pick'].map((scorer, i) => ({
      scorer,
      weight: 1 - i / 2,
      loss: 0.3,
      heldOutLoss: 0.25,
    }));
    const judged = { scorers, heldOutScorer: { loss: 0.7, heldOutLoss: 0.8 } };
    const { original, best } = record.result;
    const interval = [0.01, 0.03] as const;
    const result = {
      ...record.result,
      original: { ...original, ...judged },
      best: { ...best, ...judged, heldOutScorer: { loss: 0.69, heldOutLoss: 0.82 } },
      heldOutScorer: {
        name: 'judge',
        searchedDifference: null,
        heldOutDifference: { mean: 0.02, interval },
        verdict: 'disagrees' as const,
      },
    };
    const settings = { ...record.started.settings, scorer: '<clip> + 0.5 × pick', heldOutScorer: 'judge' };
    const html = renderReport({ ...record, result, started: { ...record.started, settings } });
    expectWellFormed(html);
    const text = textOf(html);
    expect(text).toContain('Sum of losses (&lt;clip&gt; + 0.5 × pick) between the pictures and the prompt');
    expect(text).toMatch(
      /by &lt;clip&gt; 0\.300 0\.300 .* by pick, weight 0\.5 0\.300 0\.300 .* by pick, weight 0\.5 0\.250/,
    );
    expect(text).toContain('Held-out scorer judge searched seeds 0.700 0.690 −0.010');
    expect(text).toContain('Held-out scorer judge held-out seeds 0.800 0.820 +0.020 +0.010 to +0.030');
  });

  it('shows every picture with a description', () => {
    const html = renderReport(recordOf());
    const alts = [...html.matchAll(/<img [^>]*alt="([^"]*)"/g)].map(([, alt]) => alt);
    expect(alts[0]).toBe('Original, seed 0: picture of “a red cat and a blue car”; loss 0.460');
    expect(alts[1]).toMatch(
      /^Best, seed 0: picture of “a red cat and a blue car”, negative prompt “.+”; loss 0\.\d{3}$/,
    );
    expect(textOf(html)).toMatch(/Searched seeds .* Seed 0 .* Seed 1 .* Held-out seeds .* Seed 2 /);
  });

  it('marks the chosen words and gives the learned probabilities of the last iteration', () => {
    const record = recordOf();
    const html = renderReport(record);
    const space = html.slice(html.indexOf('id="space"'), html.indexOf('id="evaluations"'));
    expect(space.match(/✓ chosen<\/span>/g)).toHaveLength(4);
    const best = record.candidates.filter(({ improved }) => improved).at(-1)!;
    const word = record.started.choices[1][best.candidate[1]];
    expect(space).toMatch(new RegExp(`<tr class="chosen"><th scope="row"><span dir="auto">${word}</span> `));
    const share = Math.round(100 * record.gradients.at(-1)!.probabilities[0][0]);
    expect(textOf(space)).toContain(`none ${share} %`);
    expect(textOf(space)).toContain('dog ✓ chosen co-hyponym, wordnet');
  });

  it('shows uniform choices where nothing was learned', () => {
    const text = textOf(renderReport(recordOf({ gradientIterations: 0 })));
    expect(text).toContain('Nothing was learned by gradient');
    expect(text).toMatch(/Choice Uniform none (✓ chosen )?25 %/);
  });

  it('puts evaluations beyond the twentieth behind a click', () => {
    const html = renderReport(recordOf());
    const [first, rest] = html.slice(html.indexOf('id="evaluations"')).split('<details>');
    expect(first.match(/<tr[ >]/g)).toHaveLength(21);
    expect(rest).toMatch(/^<summary>10 more<\/summary>/);
    expect(first).toContain('does not count: the picture of seed 1 is all black');
    expect(renderReport(recordOf({ evaluations: 20 }))).not.toContain('<details>');
  });

  it('tells who was stopped early, where that was, and what exact pictures said', () => {
    const record = recordOf();
    const candidates = record.candidates.map((candidate) =>
      candidate.index === 5 ? { ...candidate, loss: null, losses: [], pruned: { loss: 0.487 } } : candidate,
    );
    const acceleration: RecordedAcceleration = {
      ...{ ...NO_ACCELERATION, looks: [6], confirm: 1, confirmsOriginal: true },
      gradientRefresh: 'never',
      ...{ steps: 8, scheduler: 'dpm++2m', sampler: 'DPM++ 2M', guidedSteps: 8 },
      costs: { original: 0.4, candidate: 0.4 },
    };
    const confirmations = [0, 1].map((index) => ({
      ...{
        type: 'confirmation' as const,
        index,
        prompt: 'a <b>',
        negativePrompt: index === 0 ? '' : 'dog & co',
      },
      ...{ candidate: [index], searchLoss: 0.41, loss: 0.398, losses: [0.398], invalid: null, seconds: 1 },
    }));
    const started = { ...record.started, acceleration };
    const result = { ...record.result, pruned: 1, confirmed: 2 };
    const html = renderReport({ ...record, candidates, confirmations, started, result });
    expectWellFormed(html);
    const text = textOf(html);
    expect(text).toContain('0.487');
    expect(text).toContain('stopped early, at this loss');
    expect(text).toContain('With exact pictures Loss In the search Negative prompt 0.398 0.410 none');
    expect(text).toContain('races: 50 % go on after step 6');
    expect(text).toContain('(1 stopped early), 2 confirmed');
    expect(text).toContain('--gradient-refresh never --race-at 6');
    expect(html).toContain('class="mark pruned"');
    expect(renderReport(record)).not.toContain('stopped early');
  });

  it('gives the command that was typed, or one that asks for the same', () => {
    const record = recordOf();
    expect(textOf(renderReport(record))).toContain(
      'npx dpo-diff improve &#39;a red cat and a blue car&#39; --seeds 0,1',
    );
    const html = renderReport(record, { command: ['dpo-diff', 'improve', 'x y', '--budget', '9'] });
    expect(textOf(html)).toContain('dpo-diff improve &#39;x y&#39; --budget 9 ');
  });

  it('lets no prompt break out of its place', () => {
    const wild = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      fc.constantFrom(
        '</h1><script>alert(1)</script>',
        '"><img src=x onerror=alert(1)>',
        "'--><b>",
        '&lt;b&gt;',
      ),
    );
    fc.assert(
      fc.property(wild, (prompt) => {
        const html = renderReport(
          recordOf({ prompt, evaluations: 3, gradientIterations: 1, seeds: [0], heldOutSeeds: [] }),
        );
        expectWellFormed(html);
        expect(html).not.toMatch(/<script|<img src=x|<b>[^\d–−]/);
      }),
      { numRuns: 40 },
    );
  });
});

describe('lossCurve()', () => {
  const size = { width: 400, height: 300 };

  it('holds a sign for every candidate within the drawing', () => {
    const svg = lossCurve(recordOf(), size, 'c');
    const marks = [...svg.matchAll(/class="mark (\w+)" transform="translate\(([\d.]+) ([\d.]+)\)"/g)];
    expect(marks).toHaveLength(30);
    expect(marks.filter(([, phase]) => phase === 'invalid')).toHaveLength(1);
    for (const [, , x, y] of marks) {
      expect(Number(x)).toBeGreaterThan(50);
      expect(Number(x)).toBeLessThan(400);
      expect(Number(y)).toBeGreaterThan(20);
      expect(Number(y)).toBeLessThan(260);
    }
  });

  it('lets the line of the best only fall in an improvement and only rise in an attack', () => {
    for (const [task, sign] of [
      ['improve', 1],
      ['attack', -1],
    ] as const) {
      const svg = lossCurve(recordOf({ task }), size, 'c');
      const [, path] = /class="best-line" d="M[\d.]+ ([^"]+)"/.exec(svg)!;
      const heights = path
        .split(/H[\d.]+V?/)
        .filter(Boolean)
        .map(Number);
      expect(heights.length).toBeGreaterThan(1);
      for (let i = 1; i < heights.length; i++)
        expect(sign * heights[i]).toBeGreaterThan(sign * heights[i - 1]);
    }
  });

  it('shades the gradient phase only where there is one', () => {
    expect(lossCurve(recordOf(), size, 'c')).toContain('class="band"');
    expect(lossCurve(recordOf({ gradientIterations: 0 }), size, 'c')).not.toContain('class="band"');
  });

  it('is empty where nothing was scored', () => {
    expect(lossCurve({ candidates: [], gradients: [] }, size, 'c')).toBe('');
  });
});
