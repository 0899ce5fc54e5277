/**
 * @file The autoencoder's parameters under their original names, under diffusers' names. The original numbers the
 * decoder's levels from the picture's end, diffusers in the order in which they run.
 */
import type { StoredName } from '../renamed-weights.ts';

const RENAMES: readonly (readonly [RegExp, string])[] = [
  [/^encoder\.down\.(\d+)\.block\./, 'encoder.down_blocks.$1.resnets.'],
  [/^encoder\.down\.(\d+)\.downsample\./, 'encoder.down_blocks.$1.downsamplers.0.'],
  [/\.mid\.block_1\./, '.mid_block.resnets.0.'],
  [/\.mid\.block_2\./, '.mid_block.resnets.1.'],
  [/\.mid\.attn_1\.norm\./, '.mid_block.attentions.0.group_norm.'],
  [/\.mid\.attn_1\.([qkv])\./, '.mid_block.attentions.0.to_$1.'],
  [/\.mid\.attn_1\.proj_out\./, '.mid_block.attentions.0.to_out.0.'],
  [/\.nin_shortcut\./, '.conv_shortcut.'],
  [/^(encoder|decoder)\.norm_out\./, '$1.conv_norm_out.'],
];

const DECODER_LEVEL = /^decoder\.up\.(\d+)\.(block|upsample)\./;
const KNOWN = /^(?:(?:encoder|decoder)\.(?:conv_in|conv_out|norm_out|mid|down|up)\.|(?:post_)?quant_conv\.)/;
/** 1x1 convolutions that diffusers has as linear layers. */
const LINEAR = /\.mid\.attn_1\.(?:[qkv]|proj_out)\.weight$/;

/**
 * Diffusers' name of the parameter `name`, and whether its 1x1 kernel is a matrix there; undefined for what is none.
 * @param levels of the decoder
 */
export function diffusersVaeName(
  name: string,
  levels: number,
): (Omit<StoredName, 'key'> & { readonly name: string }) | undefined {
  if (!KNOWN.test(name)) return undefined;
  const counted = name.replace(DECODER_LEVEL, (_, level: string, kind: string) => {
    const module = kind === 'block' ? 'resnets' : 'upsamplers.0';
    return `decoder.up_blocks.${levels - 1 - Number(level)}.${module}.`;
  });
  const renamed = RENAMES.reduce((text, [pattern, by]) => text.replace(pattern, by), counted);
  return { name: renamed, asMatrix: LINEAR.test(name) };
}

/** Levels of the decoder, told by the numbers in the names. */
export function decoderLevelsOf(names: Iterable<string>): number {
  let levels = 0;
  for (const name of names) {
    const match = DECODER_LEVEL.exec(name);
    if (match) levels = Math.max(levels, Number(match[1]) + 1);
  }
  return levels;
}
