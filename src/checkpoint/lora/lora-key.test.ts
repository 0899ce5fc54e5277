import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseLoraKey, unsupportedKind } from './lora-key.ts';

test.each([
  [
    'lora_unet_mid_block_attentions_0_proj_in.lora_down.weight',
    'unet',
    'mid_block_attentions_0_proj_in',
    'down',
  ],
  ['lora_unet_input_blocks_4_1_proj_in.alpha', 'unet', 'input_blocks_4_1_proj_in', 'alpha'],
  [
    'lora_te_text_model_encoder_layers_0_mlp_fc1.lora_up.weight',
    'text_encoder',
    'text_model_encoder_layers_0_mlp_fc1',
    'up',
  ],
  [
    'lora_te1_text_model_encoder_layers_0_mlp_fc1.lora_up.weight',
    'text_encoder',
    'text_model_encoder_layers_0_mlp_fc1',
    'up',
  ],
  ['lora_te2_text_projection.lora_down.weight', 'text_encoder_2', 'text_projection', 'down'],
  ['unet.conv_in.lora_A.weight', 'unet', 'conv_in', 'down'],
  ['unet.conv_in.lora_B.default.weight', 'unet', 'conv_in', 'up'],
  ['base_model.model.unet.conv_in.lora_A.weight', 'unet', 'conv_in', 'down'],
  ['unet.base_model.model.conv_in.lora_A.weight', 'unet', 'conv_in', 'down'],
  ['mid_block.attentions.0.proj_in.lora_A.weight', 'unet', 'mid_block.attentions.0.proj_in', 'down'],
  [
    'text_model.encoder.layers.0.mlp.fc1.lora_B.weight',
    'text_encoder',
    'text_model.encoder.layers.0.mlp.fc1',
    'up',
  ],
  ['diffusion_model.input_blocks.4.1.proj_in.lora_up.weight', 'unet', 'input_blocks.4.1.proj_in', 'up'],
  ['unet.mid_block.attn1.to_q.lora.down.weight', 'unet', 'mid_block.attn1.to_q', 'down'],
  [
    'text_encoder_2.text_model.x.q_proj.lora_linear_layer.up.weight',
    'text_encoder_2',
    'text_model.x.q_proj',
    'up',
  ],
  ['unet.mid_block.attn1.processor.to_out_lora.down.weight', 'unet', 'mid_block.attn1.to_out.0', 'down'],
  ['unet.mid_block.attn1.processor.to_q_lora.alpha', 'unet', 'mid_block.attn1.to_q', 'alpha'],
  [
    'text_encoder.text_model.x.self_attn.to_out_lora.up.weight',
    'text_encoder',
    'text_model.x.self_attn.out_proj',
    'up',
  ],
])('%s', (key, component, module, role) => {
  expect(parseLoraKey(key)).toEqual({ component, module, role });
  expect(unsupportedKind(key)).toBeUndefined();
});

test.each([
  ['lora_unet_x.hada_w1_a', 'LoHa'],
  ['lora_unet_x.lokr_w1', 'LoKr'],
  ['lora_unet_x.lora_mid.weight', 'Tucker'],
  ['lora_unet_x.dora_scale', 'DoRA'],
  ['unet.x.lora_magnitude_vector', 'DoRA'],
  ['lora_unet_x.oft_blocks', 'OFT'],
  ['lora_unet_x.diff_b', 'full differences'],
  ['unet.x.lora_B.bias', 'biases'],
])('%s is of another kind: %s', (key, kind) => {
  expect(unsupportedKind(key)).toContain(kind);
});

test('any text is a key of a LoRA or none, and takes no time', () => {
  const piece = fc.constantFrom(
    'unet.',
    'lora_unet_',
    '.lora_A',
    '.weight',
    'base_model.model.',
    '.alpha',
    '_lora.down',
    'to_q',
    '.',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 30 }), (pieces) => {
      const parsed = parseLoraKey(pieces.join(''));
      if (parsed) expect(parsed.module.length).toBeGreaterThan(0);
    }),
  );
  expect(parseLoraKey('__proto__')).toBeUndefined();
  expect(parseLoraKey('.alpha')).toBeUndefined();
});
