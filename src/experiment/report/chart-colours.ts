/** @file Colours of a chart's lines, told apart by dashes as well. */

interface Palette {
  readonly series: readonly string[];
  readonly ink: string;
  readonly muted: string;
  readonly line: string;
  readonly paper: string;
}

const DASHES: readonly string[] = ['', '7 4', '2 3', '9 3 2 3', '14 4', '4 2 1 2', '1 5', '12 3 3 3'];

/** As the report's style sheet has them. */
export const LIGHT: Palette = {
  series: ['#0a5fc2', '#b3541e', '#1a6b32', '#7a3fc0', '#0b7a75', '#a3265a', '#6b5b00', '#59636e'],
  ...{ ink: '#1b1f24', muted: '#59636e', line: '#d1d9e0', paper: '#ffffff' },
};

const DARK_SERIES = ['#79b8ff', '#ffb27a', '#7ee29b', '#c8a2ff', '#5fd6cf', '#ff9ac2', '#e2cf6b', '#a3adb9'];

/** For the page, where `.curve` already styles text and axes. */
export function pageChartStyles(): string {
  const variables = (colours: readonly string[]) =>
    colours.map((colour, i) => `--s${i}: ${colour};`).join(' ');
  return [
    `:root { ${variables(LIGHT.series)} }`,
    `@media (prefers-color-scheme: dark) { :root { ${variables(DARK_SERIES)} } }`,
    '.curve .line { fill: none; stroke-width: 2.25; stroke-linejoin: round; }',
    '.curve .band { opacity: .16; stroke: none; }',
    ...LIGHT.series.map((_, i) => seriesStyle(`.curve `, i, `var(--s${i})`)),
  ].join('\n');
}

/** For a picture that stands alone, light and on paper wherever it is shown. */
export function standaloneChartStyles(): string {
  const { ink, muted, line, series } = LIGHT;
  return [
    `text { font-size: 12px; font-family: "DejaVu Sans", Verdana, sans-serif; fill: ${muted}; }`,
    `.title { font-size: 15px; font-weight: 600; fill: ${ink}; }`,
    `.axis-name, .label { fill: ${ink}; }`,
    `.grid { stroke: ${line}; stroke-width: 1; opacity: .6; }`,
    `.axis { stroke: ${muted}; stroke-width: 1; }`,
    '.line { fill: none; stroke-width: 2.25; stroke-linejoin: round; }',
    '.band { opacity: .16; stroke: none; }',
    ...series.map((colour, i) => seriesStyle('', i, colour)),
  ].join('\n');
}

function seriesStyle(scope: string, index: number, colour: string): string {
  const dash = DASHES[index] === '' ? '' : ` stroke-dasharray: ${DASHES[index]};`;
  const of = (kind: string) => `${scope}.${kind}.s${index}`;
  return `${of('line')} { stroke: ${colour};${dash} } ${of('band')} { fill: ${colour}; } ${of('dot')} { fill: ${colour}; }`;
}
