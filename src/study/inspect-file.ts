/** @file What a single file holds: a whole model under the original key names, or a LoRA. Only the header is read. */
import { basename } from 'node:path';
import type { DiffusersFolder } from '../checkpoint/diffusers-folder.ts';
import { loraFamily } from '../checkpoint/lora/match-lora.ts';
import { type LoraFile, readLora } from '../checkpoint/lora/read-lora.ts';
import { openSafetensors, type SafetensorsFile } from '../checkpoint/safetensors.ts';
import { checkFileFormat } from '../checkpoint/single-file/check-file-format.ts';
import { identifyFile } from '../checkpoint/single-file/identify-file.ts';
import {
  familyName,
  openReadFile,
  readSingleFile,
  type SingleFile,
} from '../checkpoint/single-file/open-single-file.ts';
import type { StoredTensor, WeightSource } from '../tensor/stored-tensor.ts';
import { sizeOf } from '../tensor/tensor.ts';
import type { ComponentWeights } from './component-weights.ts';
import {
  type CheckpointReport,
  type ComponentReport,
  distillationReport,
  judge,
} from './inspect-checkpoint.ts';
import type { InspectOptions } from './inspect-options.ts';
import { openedSchedulerReport } from './scheduler-report.ts';

const NAMED = 12;

/**
 * Looks into the file at `path`.
 * @throws {DpoError} FILE_ACCESS, INVALID_CHECKPOINT for a damaged file, UNSUPPORTED_MODEL for other formats and models, by name
 */
export async function inspectFile(path: string, options: InspectOptions = {}): Promise<CheckpointReport> {
  await checkFileFormat(path, 'model');
  const file = await openSafetensors(path);
  const identity = identifyFile([...file.entries.keys()]);
  if (identity.kind === 'other' && identity.what.startsWith('a LoRA'))
    return loraReport(file, await readLora(path));
  return modelReport(await readSingleFile(path), options);
}

async function modelReport(single: SingleFile, options: InspectOptions): Promise<CheckpointReport> {
  const { file, family, mapped } = single;
  let model: DiffusersFolder | undefined;
  const verdict = await judge(
    async () => {
      model = await openReadFile(single, options);
      return model;
    },
    options,
    options.pipelineConfig,
  );
  const components = [...mapped.components].map(([name, weights]) => component(name, weights, file));
  const scheduler = model === undefined ? null : openedSchedulerReport(model.scheduler);
  const facts = summary(file, familyName(family), components);
  return {
    ...facts,
    ...verdict,
    textLength: model?.tokenizer.maxLength ?? null,
    predictionType: model?.scheduler.predictionType ?? null,
    scheduler,
    distillation: distillationReport(facts.name, scheduler),
    remarks: [...(model?.remarks ?? []), ...keyRemarks(single)],
  };
}

function keyRemarks({ mapped }: SingleFile): readonly string[] {
  const { unknown, ignored } = mapped;
  return [
    ...(ignored.length > 0 ? [`${ignored.length} keys are of no use here: ${listed(ignored)}.`] : []),
    ...(unknown.length > 0 ? [`${unknown.length} keys are unknown and not used: ${listed(unknown)}.`] : []),
  ];
}

function listed(keys: readonly string[]): string {
  const rest = keys.length > NAMED ? ` and ${keys.length - NAMED} more` : '';
  return keys.slice(0, NAMED).join(', ') + rest;
}

function component(name: string, weights: WeightSource, file: SafetensorsFile): ComponentReport {
  const stored = [...weights.keys()].map((key) => weights.find(key)!);
  return { name, className: null, weights: counted(stored, file), problem: null };
}

const DTYPES = { float32: 'F32', float16: 'F16', bfloat16: 'BF16' } as const;

function counted(stored: readonly StoredTensor[], file: SafetensorsFile): ComponentWeights {
  const counts = new Map<string, number>();
  for (const { dtype, shape } of stored) {
    counts.set(DTYPES[dtype], (counts.get(DTYPES[dtype]) ?? 0) + sizeOf(shape));
  }
  const sorted = [...counts].sort(([, a], [, b]) => b - a);
  return {
    files: [basename(file.path)],
    parameters: sorted.reduce((sum, [, count]) => sum + count, 0),
    dtypes: Object.fromEntries(sorted),
    bytes: stored.reduce((sum, { byteLength }) => sum + byteLength, 0),
    problem: null,
  };
}

/** `alpha` is what the factor makes of the rank, wherever the file says it. */
function loraReport(file: SafetensorsFile, lora: LoraFile): CheckpointReport {
  const family = loraFamily(lora);
  const names = [...new Set(lora.layers.map(({ component }) => component))];
  const components = names.map((name): ComponentReport => {
    const own = lora.layers.filter(({ component }) => component === name);
    return {
      name,
      className: null,
      weights: counted(
        own.flatMap(({ down, up }) => [down, up]),
        file,
      ),
      problem: null,
    };
  });
  const foreign =
    lora.foreign.length > 0
      ? [`${lora.foreign.length} keys belong to no layer: ${listed(lora.foreign)}.`]
      : [];
  const facts = summary(file, family === undefined ? 'LoRA' : `LoRA for ${family}`, components);
  return {
    ...facts,
    runnable: false,
    reason: 'It is a LoRA, which changes a model and is none. Give it with --lora FILE, beside --model.',
    scorer: null,
    memory: null,
    textLength: null,
    predictionType: null,
    scheduler: null,
    distillation: distillationReport(facts.name, null),
    remarks: foreign,
    lora: {
      layers: lora.layers.map(({ component, module, rank, factor }) => ({
        component,
        module,
        rank,
        alpha: factor * rank,
      })),
    },
  };
}

function summary(
  file: SafetensorsFile,
  family: string,
  components: readonly ComponentReport[],
): Pick<CheckpointReport, 'dir' | 'name' | 'family' | 'components' | 'parameters' | 'bytes'> {
  const sum = (part: (weights: ComponentWeights) => number) =>
    components.reduce((total, { weights }) => total + part(weights!), 0);
  return {
    dir: file.path,
    name: basename(file.path).replace(/\.\w+$/, ''),
    family,
    components,
    parameters: sum(({ parameters }) => parameters!),
    bytes: sum(({ bytes }) => bytes),
  };
}
