import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chartDescription, lineChart } from './line-chart.ts';
import type { ChartBlock, ChartSeries } from './report-block.ts';

const SIZE = { width: 760, height: 360 };

function chartOf(...series: ChartSeries[]): ChartBlock {
  return { kind: 'chart', name: 'c', title: 'C', xName: 'spent', yName: 'loss', series };
}

describe('lineChart()', () => {
  it('draws nothing without points that are numbers', () => {
    expect(lineChart(chartOf(), SIZE)).toBeUndefined();
    expect(lineChart(chartOf({ name: 'a', points: [{ x: 1, y: Number.NaN }] }), SIZE)).toBeUndefined();
  });

  it('draws a line and a band for each series, its name in the legend', () => {
    const points = [0, 1, 2].map((x) => ({ x, y: 1 - x / 4, low: 0.9 - x / 4, high: 1.1 - x / 4 }));
    const { content } = lineChart(
      chartOf({ name: 'first', points }, { name: '<b>', points: points.slice(1) }),
      SIZE,
    )!;
    expect(content.match(/class="band s[01]"/g)).toHaveLength(2);
    expect(content).toContain('class="line s0"');
    expect(content).toContain('>first</text>');
    expect(content).toContain('&lt;b&gt;');
  });

  it('keeps a step’s value until the next point', () => {
    const points = [
      { x: 0, y: 1 },
      { x: 1, y: 0 },
    ];
    const path = (isStep: boolean) =>
      lineChart(chartOf({ name: 'a', points, isStep }), SIZE)!
        .content.match(/class="line s0" d="M([^"]*)"/)![1]
        .split('L');
    expect(path(false)).toHaveLength(2);
    const [from, corner, to] = path(true).map((place) => place.split(' ').map(Number));
    expect(corner).toEqual([to[0], from[1]]);
  });

  it('stays inside its drawing with finite places, whatever the numbers', () => {
    const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    const point = fc.record({ x: value, y: value });
    fc.assert(
      fc.property(fc.array(point, { minLength: 1, maxLength: 20 }), (points) => {
        const sorted = points.toSorted((a, b) => a.x - b.x);
        const { content, width, height } = lineChart(chartOf({ name: 'a', points: sorted }), SIZE)!;
        expect(content).not.toMatch(/NaN|Infinity|undefined/);
        for (const [, cx, cy] of content.matchAll(/cx="([^"]*)" cy="([^"]*)"/g)) {
          expect(Number(cx)).toBeGreaterThanOrEqual(0);
          expect(Number(cx)).toBeLessThanOrEqual(width);
          expect(Number(cy)).toBeGreaterThanOrEqual(0);
          expect(Number(cy)).toBeLessThanOrEqual(height);
        }
      }),
    );
  });
});

describe('chartDescription()', () => {
  it('says where each line goes', () => {
    const points = [
      { x: 0, y: 0.5 },
      { x: 80, y: 0.42 },
    ];
    expect(chartDescription(chartOf({ name: 'hybrid', points }))).toBe(
      'loss over spent. hybrid: from 0.5 at 0 to 0.42 at 80.',
    );
  });
});
