/** @file What `inspect` does: says what a model's folder holds. */
import type { CheckpointReport, ComponentReport, LoraReport } from '../../study/inspect-checkpoint.ts';
import { inspectModel } from '../../study/inspect-model.ts';
import { EMBEDDED_MODEL } from '../../study/load-pipeline.ts';
import { distillationText } from '../../study/preflight/negative-prompt-effect.ts';
import { bytesText, countText } from '../amount-text.ts';
import { EXIT_OK } from '../exit-code.ts';
import type { Host } from '../host.ts';
import type { CliOptions } from '../shared-options.ts';
import { memoryQuestionOf, modelOptionsOf } from '../study-options-of.ts';
import { textTable } from '../text-table.ts';
import { whileLoading } from '../while-loading.ts';

/** A model that cannot be run is no error here: saying so is what was asked for. */
export async function runInspect(
  host: Host,
  model: string | undefined,
  options: CliOptions,
): Promise<number> {
  const report = await whileLoading(host, options, (download) =>
    inspectModel(model ?? options.model ?? EMBEDDED_MODEL, {
      ...modelOptionsOf(options),
      ...memoryQuestionOf(options),
      ...download,
    }),
  );
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
    distillationLines(report),
    report.remarks ?? [],
    report.memory === null ? [] : memoryTable(report.memory),
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
    ['can be run', runnable ? 'yes' : `${isScorer(report) ? 'as a scorer' : 'no'}: ${reason}`],
    ['text length', textLength === null ? 'not stated' : `${textLength} tokens`],
    ...(isScorer(report) ? [] : [['UNet predicts', predictionType ?? 'not stated']]),
    ...schedulerRow(report),
    ['scorer', scorerText(report)],
    ...scorerRows(report),
  ];
  if (memory !== null) {
    const size = `${memory.width}x${memory.height}${memory.vaeTiling === 'on' ? ' in tiles' : ''}`;
    rows.push(['memory', `about ${bytesText(memory.samplingBytes)} to sample at ${size},`]);
    rows.push(['', `about ${bytesText(memory.gradientBytes)} for the text gradient (an estimate)`]);
  }
  return textTable(rows);
}

function distillationLines({ distillation, lora }: CheckpointReport): string[] {
  if (distillation === null) return [];
  if (lora !== undefined)
    return [
      `Its name has the word "${distillation.sign}": with it a model is guidance-distilled, and improve refuses it without --allow-distilled.`,
    ];
  return [
    `${distillationText(distillation)}: it is sampled with --guidance 1, and improve refuses it without --allow-distilled.`,
  ];
}

/** What each mode would take, and whether that fits here. */
function memoryTable({ modes, availableBytes }: NonNullable<CheckpointReport['memory']>): string[] {
  const cell = (bytes: number, fits: boolean) => `${bytesText(bytes)}${fits ? '' : ', too much'}`;
  const rows = modes.map(({ mode, samplingBytes, gradientBytes, samplingFits, gradientFits }) => [
    mode,
    cell(samplingBytes, samplingFits),
    cell(gradientBytes, gradientFits),
  ]);
  return [
    ...textTable([['--memory', 'to sample', 'text gradient'], ...rows]),
    `available here now: ${bytesText(availableBytes)}`,
  ];
}

/** What runs by default is DDIM, whatever stands here. */
function schedulerRow({ scheduler }: CheckpointReport): string[][] {
  if (scheduler === null) return [];
  const { className, sampler, problem } = scheduler;
  const how =
    sampler === null ? `no --scheduler checkpoint: ${problem}` : `--scheduler checkpoint runs ${sampler}`;
  return [['scheduler', `${className}; ${how}`]];
}

/** Whether the model is a CLIP that can be used. */
function isScorer({ dir, scorer }: CheckpointReport): boolean {
  return scorer !== null && scorer.dir === dir && scorer.problem === null;
}

function scorerRows({ scorer }: CheckpointReport): string[][] {
  if (!scorer?.details) return [];
  const { layout, imageSize, patchSize, vision, text, embeddingWidth, textLength, activation } =
    scorer.details;
  const towers = [
    `vision ${vision.layers} layers of ${vision.width}`,
    `text ${text.layers} of ${text.width}`,
  ];
  const rows = [
    [
      '',
      `CLIP ViT/${patchSize}, ${towers.join(', ')}, compared in ${embeddingWidth} (${layout}, ${activation})`,
    ],
    ['', `reads pictures of ${imageSize}x${imageSize} pixels and ${textLength} tokens`],
  ];
  if (scorer.details.hasTokenizer) return rows;
  return [
    ...rows,
    ['', "has no tokenizer of its own; that of the model's text encoder is used where it fits"],
  ];
}

/** How many layers have which rank and alpha; or all of them. */
function loraTable({ layers }: LoraReport, verbose: boolean): string[] {
  if (verbose) {
    const rows = layers.map(({ component, module, rank, alpha }) => [
      component,
      module,
      `${rank}`,
      alphaText(alpha),
    ]);
    return textTable([['component', 'layer', 'rank', 'alpha'], ...rows], [2, 3]);
  }
  const counts = new Map<string, { row: string[]; count: number }>();
  for (const { component, rank, alpha } of layers) {
    const row = [component, `${rank}`, alphaText(alpha)];
    const kind = counts.get(row.join()) ?? { row, count: 0 };
    counts.set(row.join(), { row, count: kind.count + 1 });
  }
  const rows = [...counts.values()].map(({ row, count }) => [row[0]!, `${count}`, row[1]!, row[2]!]);
  return textTable([['component', 'layers', 'rank', 'alpha'], ...rows], [1, 2, 3]);
}

function alphaText(alpha: number | null): string {
  return alpha === null ? 'not read' : `${alpha}`;
}

function scorerText({ runnable, scorer }: CheckpointReport): string {
  if (scorer === null) return runnable ? 'none here; give one with --scorer DIR' : 'not looked at';
  return scorer.problem === null ? scorer.dir : `cannot be used: ${scorer.problem}`;
}
