/** @file What is refused before its weights are loaded: other pipelines, other networks, pickled files. Each with the way out. */
import { DpoError } from '../../errors.ts';
import { isPipelineClass, PIPELINES } from '../model-index.ts';
import { type HubName, hubNameText } from './hub-name.ts';
import { LORA_FILE } from './needed-files.ts';

const SUPPORTED = `${Object.entries(PIPELINES)
  .map(([className, family]) => `${family} (${className})`)
  .join(' and ')}, with .safetensors weights`;

/** @throws {DpoError} UNSUPPORTED_MODEL when the pipeline that `index` describes cannot be run */
export function checkPipelineClass(index: Readonly<Record<string, unknown>>, name: HubName): void {
  const className = index._class_name;
  if (isPipelineClass(className)) return;
  const found =
    className === undefined ? 'a pipeline without a class name' : `a ${String(JSON.stringify(className))}`;
  throw unsupported(name, `is ${found}, which is not supported; supported: ${SUPPORTED}`);
}

/** @throws {DpoError} UNSUPPORTED_MODEL when the network that `config` describes is no CLIP */
export function checkScorerConfig(config: Readonly<Record<string, unknown>>, name: HubName): void {
  const { model_type: type } = config;
  if (type === undefined || type === 'clip') return;
  throw unsupported(
    name,
    `is a model of the type ${JSON.stringify(type)}, which is not supported as a scorer; supported: "clip", such as openai/clip-vit-large-patch14`,
  );
}

/** A repository without `model_index.json`: what it has instead decides what can be done. */
export function noPipelineError(name: HubName, names: ReadonlySet<string>): DpoError {
  const whole = [...names].filter((path) => /^[^/]*\.safetensors$/.test(path));
  const pickled = [...names].filter((path) => /^[^/]*\.(ckpt|pt|pth|bin)$/.test(path));
  if (whole.length > 0) {
    const list = whole.slice(0, 6).join(', ');
    return unsupported(
      name,
      `has no model_index.json, so it is no model in the diffusers layout. It holds ${list}; a whole model in one file is named with it, such as ${hubNameText({ ...name, file: whole[0] })}`,
    );
  }
  if (pickled.length > 0) return pickledError(name, pickled);
  return unsupported(
    name,
    `has no model_index.json, so it is no text-to-image model in the diffusers layout; supported: ${SUPPORTED}`,
  );
}

/** A LoRA that is named by its repository alone, where that does not say which file it is. */
export function noLoraError(name: HubName, names: ReadonlySet<string>): DpoError {
  const files = [...names].filter((path) => path.endsWith('.safetensors'));
  if (files.length === 0) {
    return unsupported(name, 'holds no .safetensors file, and a LoRA must be one');
  }
  const list = files.slice(0, 6).join(', ');
  return unsupported(
    name,
    `has no ${LORA_FILE}, so name the file of the LoRA too. It holds ${list}: give --lora ${hubNameText({ ...name, file: files[0] })}`,
  );
}

/** Told before the download: without a scorer nothing could be done with it. */
export function noScorerError(name: HubName): DpoError {
  const message = `${hubNameText(name)} has no scorer of its own; give a CLIP model with --scorer (in code: the option \`scorer\`): a folder, or a name on the hub such as openai/clip-vit-large-patch14.`;
  return new DpoError('INVALID_CHECKPOINT', message, { details: { ...name, option: 'scorer' } });
}

export function pickledError(name: HubName, pickled: readonly string[]): DpoError {
  return unsupported(
    name,
    `has pickled weights only (${pickled.slice(0, 3).join(', ')}), which can run code when they are read, so they are not loaded; supported: .safetensors. Look for a revision that has such files (name it with ${name.repo}@revision), or have them made at https://huggingface.co/spaces/safetensors/convert`,
  );
}

function unsupported(name: HubName, what: string): DpoError {
  return new DpoError('UNSUPPORTED_MODEL', `${name.repo} ${what}.`, { details: { ...name } });
}
