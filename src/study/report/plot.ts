/** @file A chart's size, and where its data goes. */
import type { Axis } from './axis-ticks.ts';

export interface ChartSize {
  /** In CSS pixels at which text is readable; the drawing scales. */
  readonly width: number;
  readonly height: number;
}

/** Where data goes in the drawing. */
export interface Plot {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  readonly xAxis: Axis;
  readonly yAxis: Axis;
}
