import { expect, test } from 'vitest';
import { diffusersUnetName, layersPerBlockOf } from './original-unet-names.ts';
import { decoderLevelsOf, diffusersVaeName } from './original-vae-names.ts';

// As Stable Diffusion 1.5 and XL have them.
test.each([
  ['input_blocks.0.0.weight', 'conv_in.weight'],
  ['input_blocks.1.0.in_layers.0.weight', 'down_blocks.0.resnets.0.norm1.weight'],
  ['input_blocks.3.0.op.bias', 'down_blocks.0.downsamplers.0.conv.bias'],
  ['input_blocks.8.1.proj_in.weight', 'down_blocks.2.attentions.1.proj_in.weight'],
  ['input_blocks.11.0.out_layers.3.weight', 'down_blocks.3.resnets.1.conv2.weight'],
  ['middle_block.2.emb_layers.1.weight', 'mid_block.resnets.1.time_emb_proj.weight'],
  ['output_blocks.2.1.conv.weight', 'up_blocks.0.upsamplers.0.conv.weight'],
  ['output_blocks.8.2.conv.weight', 'up_blocks.2.upsamplers.0.conv.weight'],
  ['output_blocks.5.0.skip_connection.weight', 'up_blocks.1.resnets.2.conv_shortcut.weight'],
  [
    'output_blocks.11.1.transformer_blocks.0.norm1.bias',
    'up_blocks.3.attentions.2.transformer_blocks.0.norm1.bias',
  ],
  ['label_emb.0.2.weight', 'add_embedding.linear_2.weight'],
  ['out.2.bias', 'conv_out.bias'],
  // As trainers of adapters write modules.
  [
    'input_blocks_4_1_transformer_blocks_0_attn1_to_q',
    'down_blocks.1.attentions.0.transformer_blocks_0_attn1_to_q',
  ],
  ['input_blocks_6_0_op', 'down_blocks.1.downsamplers.0.conv'],
  ['middle_block_0_in_layers_2', 'mid_block.resnets.0.conv1'],
  ['out_2', 'conv_out'],
])('%s is %s', (original, name) => {
  expect(diffusersUnetName(original, 2)).toBe(name);
});

test.each([
  'input_blocks.1.2.weight',
  'input_blocks.3.1.norm.weight',
  'output_blocks.0.0.in_layers.1.weight',
  'middle_block.3.norm.weight',
  'outer.2.weight',
  'time_embed.1.weight',
  '',
])('%s is no part of the UNet', (name) => {
  expect(diffusersUnetName(name, 2)).toBeUndefined();
});

test('layers of a level are told by the first downsampler, or else by the last block', () => {
  expect(
    layersPerBlockOf(['input_blocks.0.0.weight', 'input_blocks.4.0.op.weight', 'input_blocks.8.0.op.bias']),
  ).toBe(3);
  expect(layersPerBlockOf(['input_blocks.0.0.weight', 'input_blocks.2.0.in_layers.0.weight'])).toBe(2);
  expect(layersPerBlockOf([])).toBeUndefined();
});

test.each([
  ['decoder.up.3.upsample.conv.weight', 'decoder.up_blocks.0.upsamplers.0.conv.weight', false],
  ['decoder.up.0.block.2.nin_shortcut.weight', 'decoder.up_blocks.3.resnets.2.conv_shortcut.weight', false],
  ['decoder.mid.attn_1.proj_out.weight', 'decoder.mid_block.attentions.0.to_out.0.weight', true],
  ['encoder.down.2.downsample.conv.bias', 'encoder.down_blocks.2.downsamplers.0.conv.bias', false],
  ['post_quant_conv.weight', 'post_quant_conv.weight', false],
])('%s of the VAE is %s', (original, name, asMatrix) => {
  expect(diffusersVaeName(original, 4)).toEqual({ name, asMatrix });
});

test('levels of the decoder are counted', () => {
  expect(decoderLevelsOf(['decoder.up.0.block.0.norm1.weight', 'decoder.up.3.block.0.norm1.weight'])).toBe(4);
  expect(diffusersVaeName('loss.logvar', 4)).toBeUndefined();
});
