/** @file Cells as people read them. Nothing that is no number is ever shown as one. */
import type { BootstrapInterval } from '../../statistics/paired-bootstrap.ts';
import {
  formatCount,
  formatDifference,
  formatLoss,
  formatSeconds,
} from '../../study/report/format-number.ts';
import type { Column, Value, ValueStyle } from './report-block.ts';

export const NOTHING = '–';

const MINUS = '\u2212';

/** From here on digits would mean nothing. */
const LARGE = 1e15;

/** The cell in one line: a mean is followed by its interval. */
export function valueText(value: Value, { as }: Pick<Column, 'as'>): string {
  if (!isEstimate(value)) return plainText(value, as);
  const range = rangeText(value, as);
  return range === '' ? numberText(value.mean, as) : `${numberText(value.mean, as)} (${range})`;
}

/** `low to high`; empty where there is no interval. */
export function rangeText({ interval }: BootstrapInterval, as: ValueStyle): string {
  return interval === null || !interval.every(Number.isFinite)
    ? ''
    : interval.map((end) => numberText(end, as)).join(' to ');
}

export function isEstimate(value: Value): value is BootstrapInterval {
  return typeof value === 'object' && value !== null;
}

/** A number in the style; a dash where there is none. */
export function numberText(value: number | null, as: ValueStyle): string {
  if (value === null || !Number.isFinite(value)) return NOTHING;
  if (Math.abs(value) >= LARGE) return value.toExponential(2).replaceAll('-', MINUS);
  switch (as) {
    case 'loss':
      return formatLoss(value);
    case 'difference':
      return formatDifference(value);
    case 'share':
      return `${fixed(100 * value, 0)} %`;
    case 'points':
      return `${value > 0 && fixed(100 * value, 1) !== '0.0' ? '+' : ''}${fixed(100 * value, 1)}`;
    case 'seconds':
      return formatSeconds(value);
    case 'count':
      return value < 0 ? fixed(value, 0) : formatCount(Math.round(value));
    case 'significant':
      return String(Number(value.toPrecision(3))).replace('-', MINUS);
    default:
      return fixed(value, 2);
  }
}

function plainText(value: string | number | null, as: ValueStyle): string {
  if (typeof value === 'string') return value;
  return numberText(value, as);
}

function fixed(value: number, decimals: number): string {
  const text = value.toFixed(decimals);
  return Number(text) === 0 ? text.replace('-', '') : text.replace('-', MINUS);
}
