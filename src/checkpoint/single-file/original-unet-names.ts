/**
 * @file The UNet's modules under their original names (CompVis' and Stability's code), under diffusers' names.
 *
 * The original numbers its blocks through: `input_blocks.N` is a resnet with its transformer or a downsampler, counted
 * over all levels; `output_blocks.N` a resnet with its transformer and, at the end of a level, the upsampler. Trainers of
 * adapters write the same names with `_` for `.`, so both separators are read. The rest of a name inside a transformer is
 * the same in both codes and stays as it is.
 */

const SEPARATOR = '[._]';

const SINGLE: readonly (readonly [RegExp, string])[] = [
  [named('time_embed.0'), 'time_embedding.linear_1'],
  [named('time_embed.2'), 'time_embedding.linear_2'],
  [named('label_emb.0.0'), 'add_embedding.linear_1'],
  [named('label_emb.0.2'), 'add_embedding.linear_2'],
  [named('input_blocks.0.0'), 'conv_in'],
  [named('out.0'), 'conv_norm_out'],
  [named('out.2'), 'conv_out'],
];

const RESNET: readonly (readonly [RegExp, string])[] = [
  [named('in_layers.0'), 'norm1'],
  [named('in_layers.2'), 'conv1'],
  [named('emb_layers.1'), 'time_emb_proj'],
  [named('out_layers.0'), 'norm2'],
  [named('out_layers.3'), 'conv2'],
  [named('skip_connection'), 'conv_shortcut'],
];

const DOWNSAMPLER: readonly (readonly [RegExp, string])[] = [[named('op'), 'downsamplers.0.conv']];
const UPSAMPLER: readonly (readonly [RegExp, string])[] = [[named('conv'), 'upsamplers.0.conv']];

const TRANSFORMER = /^(norm|proj_in|proj_out|transformer_blocks)(?=[._]|$)/;
const BLOCK = /^(input|output)_blocks[._](\d+)[._](\d)[._](.+)$/;
const MIDDLE = /^middle_block[._]([012])[._](.+)$/;

/**
 * The diffusers name of the module or parameter `name`; undefined where it is no part of such a UNet.
 * @param layersPerBlock resnet blocks of a level on the way down
 */
export function diffusersUnetName(name: string, layersPerBlock: number): string | undefined {
  const single = replaced(name, SINGLE);
  if (single !== undefined) return single;
  const middle = MIDDLE.exec(name);
  if (middle) return middleName(Number(middle[1]), middle[2]!);
  const block = BLOCK.exec(name);
  if (!block) return undefined;
  const [, side, index, entry, rest] = block as unknown as [
    string,
    'input' | 'output',
    string,
    string,
    string,
  ];
  return side === 'input'
    ? inputName(Number(index) - 1, Number(entry), rest, layersPerBlock)
    : outputName(Number(index), Number(entry), rest, layersPerBlock);
}

/** Resnet blocks of a level on the way down, told by where the first downsampler stands; undefined without any block. */
export function layersPerBlockOf(names: Iterable<string>): number | undefined {
  let [firstDownsampler, last] = [Number.POSITIVE_INFINITY, 0];
  for (const name of names) {
    const match = /^input_blocks\.(\d{1,3})\.0\.(op\.)?/.exec(name);
    if (!match) continue;
    const index = Number(match[1]);
    if (match[2]) firstDownsampler = Math.min(firstDownsampler, index);
    last = Math.max(last, index);
  }
  const layers = Math.min(firstDownsampler - 1, last);
  return layers > 0 ? layers : undefined;
}

function middleName(entry: number, rest: string): string | undefined {
  if (entry === 1) return transformerName('mid_block.attentions.0', rest);
  return within(`mid_block.resnets.${entry / 2}`, replaced(rest, RESNET));
}

/** @param place of the block behind the first convolution */
function inputName(place: number, entry: number, rest: string, layersPerBlock: number): string | undefined {
  const { level, index } = placed(place, layersPerBlock);
  const module = `down_blocks.${level}`;
  if (place < 0) return undefined;
  if (index === layersPerBlock) return entry === 0 ? within(module, replaced(rest, DOWNSAMPLER)) : undefined;
  return blockName(module, index, entry, rest);
}

function outputName(place: number, entry: number, rest: string, layersPerBlock: number): string | undefined {
  const { level, index } = placed(place, layersPerBlock);
  const module = `up_blocks.${level}`;
  // Behind the transformer where the level has one, else behind the resnet.
  const upsampler = entry > 0 ? replaced(rest, UPSAMPLER) : undefined;
  return upsampler === undefined ? blockName(module, index, entry, rest) : within(module, upsampler);
}

function placed(place: number, layersPerBlock: number): { level: number; index: number } {
  const perLevel = layersPerBlock + 1;
  return { level: Math.floor(place / perLevel), index: place % perLevel };
}

function blockName(module: string, index: number, entry: number, rest: string): string | undefined {
  if (entry === 0) return within(`${module}.resnets.${index}`, replaced(rest, RESNET));
  return entry === 1 ? transformerName(`${module}.attentions.${index}`, rest) : undefined;
}

function transformerName(module: string, rest: string): string | undefined {
  return TRANSFORMER.test(rest) ? `${module}.${rest}` : undefined;
}

function within(module: string, rest: string | undefined): string | undefined {
  return rest === undefined ? undefined : `${module}.${rest}`;
}

function replaced(name: string, table: readonly (readonly [RegExp, string])[]): string | undefined {
  const found = table.find(([pattern]) => pattern.test(name));
  return found && name.replace(...found);
}

function named(module: string): RegExp {
  return new RegExp(`^${module.replaceAll('.', SEPARATOR)}(?=${SEPARATOR}|$)`);
}
