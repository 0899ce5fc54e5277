import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { afterAll, describe, expect, it } from 'vitest';
import { gradient } from '../../autodiff/gradient.ts';
import { openDiffusersFolder } from '../../checkpoint/diffusers-folder.ts';
import { type Graph, graphOf } from '../../graph/graph.ts';
import { GraphBuilder } from '../../graph/graph-builder.ts';
import { graphCost } from '../../graph/graph-cost.ts';
import { writeOnnx } from '../../graph/onnx/write-onnx.ts';
import { peakActivationBytes } from '../../graph/peak-activations.ts';
import { unet } from '../../models/unet.ts';
import { sizeOf } from '../../tensor/tensor.ts';
import { type ResolvedMemoryMode, sessionOptions } from './session-options.ts';

const dir = mkdtempSync(join(tmpdir(), 'session-memory-'));
afterAll(() => rmSync(dir, { recursive: true }));

const POCKET = join(import.meta.dirname, '../../../pocket/model');
const MEBI = 2 ** 20;

/** What onnxruntime itself says that a run had allocated at most, and how often it ran each operation. */
async function run(graph: Graph, mode: ResolvedMemoryMode) {
  const prefix = `run-${readdirSync(dir).length}`;
  const session = await InferenceSession.create(writeOnnx(graph), {
    ...sessionOptions({ mode, valueBytes: peakActivationBytes(graph), root: '/' }),
    intraOpNumThreads: 1,
    enableProfiling: true,
    profileFilePrefix: join(dir, prefix),
  });
  const feeds = graph.inputs.map(({ name, shape }) => {
    const data = Float32Array.from({ length: sizeOf(shape) }, (_, i) => Math.sin(i));
    return [name, new Tensor('float32', data, shape)];
  });
  await session.run(Object.fromEntries(feeds));
  // The profile is written when the session ends.
  await session.release();
  const file = readdirSync(dir).find((name) => name.startsWith(prefix))!;
  const events = JSON.parse(readFileSync(join(dir, file), 'utf8')) as {
    readonly name: string;
    readonly args?: Readonly<Record<string, string>>;
  }[];
  const kernels = events.filter(({ name }) => name.endsWith('_kernel_time'));
  const bytes = Math.max(...kernels.map(({ args }) => Number(args!.mem_in_use_peak)));
  const count = (op: string) => kernels.filter(({ args }) => args!.op_name === op).length;
  return { bytes, count };
}

/** One branch of the embedded UNet at 64 x 64, forward and back to the context; its weights are float16. */
async function unetGradient() {
  const { config, weights } = (await openDiffusersFolder(POCKET)).unet;
  const g = new GraphBuilder();
  const context = g.input('context', [1, 32, config.crossAttentionDim]);
  const sample = g.input('sample', [1, config.inChannels, 16, 16]);
  const output = unet(g, weights, config, { sample, context, timestep: g.input('timestep', [1]) });
  const cotangent = g.input('cotangent', output.shape);
  return graphOf({ gradient: gradient(g, [{ node: output, cotangent }], [context])[0] });
}

function attentionGradient(heads: number, tokens: number) {
  const g = new GraphBuilder();
  const inputs = ['q', 'k', 'v'].map((name) => g.input(name, [1, tokens, heads * 8]));
  const [q, k, v] = inputs;
  const y = g.attention(q, k, v, heads);
  const [a, b, c] = gradient(g, [{ node: y, cotangent: g.input('cotangent', y.shape) }], inputs);
  return graphOf({ sum: g.add(g.add(a, b), c) });
}

describe('what a session takes', () => {
  it.each(['balanced', 'low'] as const)(
    'is what the values take that are alive, with a network and its gradient: %s',
    async (mode) => {
      const graph = await unetGradient();
      const { bytes } = await run(graph, mode);
      expect(bytes / peakActivationBytes(graph)).toBeGreaterThan(0.85);
      expect(bytes / peakActivationBytes(graph)).toBeLessThan(1.15);
    },
    60_000,
  );

  it('is less than the weights would take if all were widened at once', async () => {
    const graph = await unetGradient();
    const { bytes, count } = await run(graph, 'low');
    const { parameters } = graphCost(graph);
    expect(count('Cast')).toBeGreaterThan(100);
    expect(bytes).toBeLessThan(peakActivationBytes(graph) + 0.2 * parameters * 4);
  }, 60_000);

  // Each head's weights, their cotangent and the scores' are 16 MiB; all heads together would be 384.
  it.each([
    ['balanced', 8, 2048],
    ['fast', 8, 2048],
    ['balanced', 1, 4096],
  ] as const)(
    'is one block of attention at a time: %s, %i heads, %i tokens',
    async (mode, heads, tokens) => {
      const graph = attentionGradient(heads, tokens);
      const { bytes } = await run(graph, mode);
      expect(bytes).toBeGreaterThan(3 * 16 * MEBI);
      expect(bytes).toBeLessThan(3 * 16 * MEBI + 12 * MEBI);
    },
    60_000,
  );
});
