/** @file What `inspect` does: says what a model's folder holds. */
import type { CheckpointReport, ComponentReport, LoraReport } from '../../study/inspect-checkpoint.ts';
import { inspectPath } from '../../study/inspect-path.ts';
import { EMBEDDED_MODEL } from '../../study/load-pipeline.ts';
import { bytesText, countText } from '../amount-text.ts';
import { EXIT_OK } from '../exit-code.ts';
import type { Host } from '../host.ts';
import type { CliOptions } from '../shared-options.ts';
import { modelOptionsOf } from '../study-options-of.ts';
import { textTable } from '../text-table.ts';

/** A model that cannot be run is no error here: saying so is what was asked for. */
export async function runInspect(host: Host, dir: string | undefined, options: CliOptions): Promise<number> {
  const report = await inspectPath(dir ?? EMBEDDED_MODEL, modelOptionsOf(options));
  host.stdout.write(options.json ? `${JSON.stringify(report)}\n` : inspectionText(report, options.verbose));
  return EXIT_OK;
}

/** @param verbose whether every layer of a LoRA is listed. @default false */
export function inspectionText(report: CheckpointReport, verbose = false): string {
  const blocks = [
    [`${report.name}: ${report.family}`, report.dir],
    componentTable(report),
    report.components
      .filter(({ problem }) => problem !== null)
      .map(({ name, problem }) => `${name}: ${problem}`),
    report.lora === undefined ? factTable(report) : loraTable(report.lora, verbose),
    report.lora !== undefined && report.reason !== null ? [report.reason] : [],
    report.remarks ?? [],
    report.memory === null ? [] : [report.memory.method],
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function componentTable({ components, parameters, bytes }: CheckpointReport): string[] {
  const head = ['component', 'class', 'parameters', 'bytes', 'stored as'];
  const sum = ['total', '', parameters === null ? 'unknown' : countText(parameters), bytesText(bytes), ''];
  return textTable([head, ...components.map(componentRow), sum], [2, 3]);
}

function componentRow({ name, className, weights }: ComponentReport): string[] {
  if (weights === null) return [name, className ?? '', '', '', ''];
  const { parameters, bytes, dtypes } = weights;
  const count = parameters === null ? 'unknown' : countText(parameters);
  return [name, className ?? '', count, bytesText(bytes), Object.keys(dtypes).join(', ')];
}

function factTable(report: CheckpointReport): string[] {
  const { runnable, reason, textLength, predictionType, memory } = report;
  const rows = [
    ['can be run', runnable ? 'yes' : `no: ${reason}`],
    ['text length', textLength === null ? 'not stated' : `${textLength} tokens`],
    ['UNet predicts', predictionType ?? 'not stated'],
    ['scorer', scorerText(report)],
  ];
  if (memory !== null) {
    const size = `${memory.width}x${memory.height}`;
    rows.push(['memory', `about ${bytesText(memory.samplingBytes)} to sample at ${size},`]);
    rows.push(['', `about ${bytesText(memory.gradientBytes)} for the text gradient (an estimate)`]);
  }
  return textTable(rows);
}

/** How many layers have which rank and alpha; or all of them. */
function loraTable({ layers }: LoraReport, verbose: boolean): string[] {
  if (verbose) {
    const rows = layers.map(({ component, module, rank, alpha }) => [
      component,
      module,
      `${rank}`,
      `${alpha}`,
    ]);
    return textTable([['component', 'layer', 'rank', 'alpha'], ...rows], [2, 3]);
  }
  const counts = new Map<string, { row: string[]; count: number }>();
  for (const { component, rank, alpha } of layers) {
    const row = [component, `${rank}`, `${alpha}`];
    const kind = counts.get(row.join()) ?? { row, count: 0 };
    counts.set(row.join(), { row, count: kind.count + 1 });
  }
  const rows = [...counts.values()].map(({ row, count }) => [row[0]!, `${count}`, row[1]!, row[2]!]);
  return textTable([['component', 'layers', 'rank', 'alpha'], ...rows], [1, 2, 3]);
}

function scorerText({ runnable, scorer }: CheckpointReport): string {
  if (scorer === null) return runnable ? 'none here; give one with --scorer DIR' : 'not looked at';
  return scorer.problem === null ? scorer.dir : `cannot be used: ${scorer.problem}`;
}
