import { expect, test } from 'vitest';
import { openSd1Fixture } from '../../tests/models/sd1-fixture.ts';
import { graphOf } from '../graph/graph.ts';
import { GraphBuilder } from '../graph/graph-builder.ts';
import { printGraph } from '../graph/print-graph.ts';
import { Layers } from './layers.ts';
import { resnetBlock } from './resnet-block.ts';

const { model } = await openSd1Fixture();

test('resnetBlock() with a time embedding and a shortcut convolution', () => {
  const g = new GraphBuilder();
  const layers = new Layers(g, model.unet.weights);
  const x = g.input('x', [2, 16, 8, 8]);
  const timeEmbedding = g.input('time', [2, 64]);
  const block = layers.scope('down_blocks.1.resnets.0', () =>
    resnetBlock(layers, x, { channels: 32, groups: 8, epsilon: 1e-5, timeEmbedding }),
  );
  expect(printGraph(graphOf({ block }))).toMatchInlineSnapshot(`
    "%0 = input "x" : float32[2,16,8,8]
    %1 = input "time" : float32[2,64]
    %2 = parameter "down_blocks.1.resnets.0.norm1.weight" float32 : float32[16]
    %3 = parameter "down_blocks.1.resnets.0.norm1.bias" float32 : float32[16]
    %4 = GroupNormalization(%0, %2, %3) {groups=8, epsilon=0.00001} : float32[2,16,8,8]  # down_blocks.1.resnets.0.norm1
    %5 = QuickGelu(%4) {alpha=1} : float32[2,16,8,8]  # down_blocks.1.resnets.0
    %6 = parameter "down_blocks.1.resnets.0.conv1.weight" float32 : float32[32,16,3,3]
    %7 = parameter "down_blocks.1.resnets.0.conv1.bias" float32 : float32[32]
    %8 = Conv(%5, %6, %7) {strides=[1,1], pads=[1,1,1,1], dilations=[1,1]} : float32[2,32,8,8]  # down_blocks.1.resnets.0.conv1
    %9 = QuickGelu(%1) {alpha=1} : float32[2,64]  # down_blocks.1.resnets.0
    %10 = parameter "down_blocks.1.resnets.0.time_emb_proj.weight" float32 : float32[32,64]
    %11 = parameter "down_blocks.1.resnets.0.time_emb_proj.bias" float32 : float32[32]
    %12 = Gemm(%9, %10, %11) {transA=false, transB=true} : float32[2,32]  # down_blocks.1.resnets.0.time_emb_proj
    %13 = Reshape(%12) {shape=[2,32,1,1]} : float32[2,32,1,1]  # down_blocks.1.resnets.0
    %14 = Add(%8, %13) : float32[2,32,8,8]  # down_blocks.1.resnets.0
    %15 = parameter "down_blocks.1.resnets.0.norm2.weight" float32 : float32[32]
    %16 = parameter "down_blocks.1.resnets.0.norm2.bias" float32 : float32[32]
    %17 = GroupNormalization(%14, %15, %16) {groups=8, epsilon=0.00001} : float32[2,32,8,8]  # down_blocks.1.resnets.0.norm2
    %18 = QuickGelu(%17) {alpha=1} : float32[2,32,8,8]  # down_blocks.1.resnets.0
    %19 = parameter "down_blocks.1.resnets.0.conv2.weight" float32 : float32[32,32,3,3]
    %20 = parameter "down_blocks.1.resnets.0.conv2.bias" float32 : float32[32]
    %21 = Conv(%18, %19, %20) {strides=[1,1], pads=[1,1,1,1], dilations=[1,1]} : float32[2,32,8,8]  # down_blocks.1.resnets.0.conv2
    %22 = parameter "down_blocks.1.resnets.0.conv_shortcut.weight" float32 : float32[32,16,1,1]
    %23 = parameter "down_blocks.1.resnets.0.conv_shortcut.bias" float32 : float32[32]
    %24 = Conv(%0, %22, %23) {strides=[1,1], pads=[0,0,0,0], dilations=[1,1]} : float32[2,32,8,8]  # down_blocks.1.resnets.0.conv_shortcut
    %25 = Add(%24, %21) : float32[2,32,8,8]  # down_blocks.1.resnets.0
    return block = %25"
  `);
});

test('resnetBlock() without a time embedding, of as many channels as its input', () => {
  const g = new GraphBuilder();
  const layers = new Layers(g, model.vae.weights);
  const x = g.input('x', [1, 32, 8, 8]);
  const block = layers.scope('decoder.mid_block.resnets.0', () =>
    resnetBlock(layers, x, { channels: 32, groups: 8, epsilon: 1e-6 }),
  );
  expect(printGraph(graphOf({ block }))).toMatchInlineSnapshot(`
    "%0 = input "x" : float32[1,32,8,8]
    %1 = parameter "decoder.mid_block.resnets.0.norm1.weight" float32 : float32[32]
    %2 = parameter "decoder.mid_block.resnets.0.norm1.bias" float32 : float32[32]
    %3 = GroupNormalization(%0, %1, %2) {groups=8, epsilon=0.000001} : float32[1,32,8,8]  # decoder.mid_block.resnets.0.norm1
    %4 = QuickGelu(%3) {alpha=1} : float32[1,32,8,8]  # decoder.mid_block.resnets.0
    %5 = parameter "decoder.mid_block.resnets.0.conv1.weight" float32 : float32[32,32,3,3]
    %6 = parameter "decoder.mid_block.resnets.0.conv1.bias" float32 : float32[32]
    %7 = Conv(%4, %5, %6) {strides=[1,1], pads=[1,1,1,1], dilations=[1,1]} : float32[1,32,8,8]  # decoder.mid_block.resnets.0.conv1
    %8 = parameter "decoder.mid_block.resnets.0.norm2.weight" float32 : float32[32]
    %9 = parameter "decoder.mid_block.resnets.0.norm2.bias" float32 : float32[32]
    %10 = GroupNormalization(%7, %8, %9) {groups=8, epsilon=0.000001} : float32[1,32,8,8]  # decoder.mid_block.resnets.0.norm2
    %11 = QuickGelu(%10) {alpha=1} : float32[1,32,8,8]  # decoder.mid_block.resnets.0
    %12 = parameter "decoder.mid_block.resnets.0.conv2.weight" float32 : float32[32,32,3,3]
    %13 = parameter "decoder.mid_block.resnets.0.conv2.bias" float32 : float32[32]
    %14 = Conv(%11, %12, %13) {strides=[1,1], pads=[1,1,1,1], dilations=[1,1]} : float32[1,32,8,8]  # decoder.mid_block.resnets.0.conv2
    %15 = Add(%0, %14) : float32[1,32,8,8]  # decoder.mid_block.resnets.0
    return block = %15"
  `);
});
