import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openClipFolder } from '../../src/checkpoint/clip-folder.ts';
import { Pipeline } from '../../src/diffusion/pipeline.ts';
import type { Executor } from '../../src/runtime/executor.ts';
import { createOrtExecutor } from '../../src/runtime/onnxruntime/ort-executor.ts';
import { improve } from '../../src/study/improve.ts';
import { EMBEDDED_MODEL, openModel } from '../../src/study/load-pipeline.ts';
import { floatTensor } from '../../src/tensor/tensor.ts';
import { eventsOf, ofType, QUICK_STUDY, STUDY_PROMPT } from './quick-study.ts';

/** Runs in float32, but the first gradient of the UNet is as if halves had overflowed. */
function overflowingOnce(executor: Executor): Executor {
  let isDone = false;
  return {
    device: 'cuda',
    precision: 'float16',
    passedOver: [{ device: 'cuda:1', reason: 'it is not there', isInstalled: true }],
    runtime: 'test',
    memory: executor.memory,
    isMemorySettled: false,
    release: () => executor.release(),
    compile: async (graph) => {
      const program = await executor.compile(graph);
      const run: typeof program.run = async (inputs) => {
        const results = await program.run(inputs);
        if (isDone || !('d context' in results)) return results;
        isDone = true;
        return { ...results, 'd context': infinite(results['d context'].shape) };
      };
      return { graph, run };
    },
  };
}

function infinite(shape: readonly number[]) {
  const zeros = floatTensor(shape);
  return floatTensor(shape, zeros.data.fill(Number.POSITIVE_INFINITY));
}

it('a study says that a gradient left the range of halves, where it runs, and what did not', async () => {
  const model = await openModel();
  const scorer = await openClipFolder(join(EMBEDDED_MODEL, 'scorer'), model.tokenizer);
  const pipeline = new Pipeline(model, scorer, overflowingOnce(createOrtExecutor({ threads: 1 })));
  const events = await eventsOf(improve(pipeline, STUDY_PROMPT, QUICK_STUDY));
  expect(ofType(events, 'started')[0]).toMatchObject({
    settings: { device: 'cuda', precision: 'float16' },
    passedOver: [{ device: 'cuda:1' }],
  });
  const warnings = ofType(events, 'warning').map(({ message }) => message);
  expect(warnings).toEqual([
    'Computing on cuda in float16: cuda:1 was passed over: it is not there.',
    'The gradient left the range of half precision once and was taken again at a smaller scale.',
  ]);
  const gradients = ofType(events, 'gradient');
  expect(gradients.length).toBeGreaterThan(0);
  for (const { gradientNorm } of gradients) expect(gradientNorm).toEqual(expect.any(Number));
  await pipeline.release();
});
