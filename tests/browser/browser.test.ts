/** @file The pure rooms in a browser: they bundle without a module of Node's, and headless Chromium computes what Node computes. */
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Metafile } from 'esbuild';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRemoteWeights } from '../../src/browser.ts';
import { openDiffusersFolder } from '../../src/checkpoint/diffusers-folder.ts';
import { createOrtExecutor } from '../../src/runtime/onnxruntime/ort-executor.ts';
import { ROOMS_WITHOUT_NODE } from '../architecture/house-rules.ts';
import { type FileServer, serveFiles } from './file-server.ts';
import { findBrowser } from './find-browser.ts';
import { guidedStep, onnxPrograms } from './guided-step.ts';
import type { PageResult } from './page.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const MODEL = join(ROOT, 'pocket/model');
const TOLERANCE = 1e-4;

const program = await findBrowser();
if (typeof program === 'string') console.warn(`The browser is not tested: ${program}.`);

/** Every file of the pure rooms but tests. */
const pureFiles = [...ROOMS_WITHOUT_NODE].flatMap((room) =>
  readdirSync(join(ROOT, 'src', room), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => `src/${room}/${name.replaceAll('\\', '/')}`),
);

async function bundle(contents: string): Promise<{ readonly text: string; readonly metafile: Metafile }> {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: ROOT, loader: 'ts' },
    absWorkingDir: ROOT,
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    write: false,
    metafile: true,
    logLevel: 'silent',
  });
  return { text: outputFiles[0]!.text, metafile };
}

/** Files from packages, by package; our own by room. */
function originsOf({ inputs }: Metafile): Set<string> {
  const paths = Object.keys(inputs).filter((path) => path !== '<stdin>');
  return new Set(
    paths.map((path) => {
      const [, inPackage] = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path) ?? [];
      return inPackage ?? /^src\/[\w-]+/.exec(path)?.[0] ?? path;
    }),
  );
}

describe('the pure rooms', () => {
  it('bundle for a browser: no module of Node’s, no file of another room, one package', async () => {
    const { metafile } = await bundle(pureFiles.map((file) => `export * from './${file}';`).join('\n'));
    const rooms = [...ROOMS_WITHOUT_NODE].map((room) => `src/${room}`);
    expect([...originsOf(metafile)].sort()).toEqual([...rooms, 'src/errors', '@bufbuild/protobuf'].sort());
    expect(Object.values(metafile.outputs).flatMap(({ imports }) => imports)).toEqual([]);
  });

  it('would not bundle with one', async () => {
    await expect(bundle("export * from './src/checkpoint/read-json.ts';")).rejects.toThrow(
      'node:fs/promises',
    );
  });
});

describe('the entry for web pages', () => {
  it('adds what reads a checkpoint and runs it, and no onnxruntime of its own', async () => {
    const { metafile } = await bundle("export * from './src/browser.ts';");
    const origins = [...originsOf(metafile)].filter((origin) => !ROOMS_WITHOUT_NODE.has(origin.slice(4)));
    expect(origins.sort()).toEqual([
      '@bufbuild/protobuf',
      'src/browser',
      'src/checkpoint',
      'src/errors',
      'src/runtime',
      'zod',
    ]);
    expect(Object.keys(metafile.inputs).filter((path) => path.includes('runtime/onnxruntime/'))).toEqual([]);
  });
});

describe.skipIf(typeof program === 'string')('headless Chromium', () => {
  let server: FileServer;
  let page: PageResult;
  const complaints: string[] = [];

  beforeAll(async () => {
    const { text } = await bundle("import './tests/browser/page.ts';");
    server = await serveFiles({
      folders: { model: MODEL, ort: join(ROOT, 'node_modules/onnxruntime-web/dist') },
      texts: { '/index.html': '<script type="module" src="/page.js"></script>', '/page.js': text },
    });
    const { executablePath, args } = program as Exclude<typeof program, string>;
    const browser = await chromium.launch({ executablePath, args: [...args], headless: true });
    try {
      const tab = await browser.newPage();
      tab.on('pageerror', (error) => complaints.push(String(error)));
      await tab.goto(`${server.url}/index.html`);
      await tab.waitForFunction('"runModel" in globalThis');
      page = await tab.evaluate(`runModel('${server.url}/model', '${server.url}/ort/')`);
    } finally {
      await browser.close();
    }
  }, 180_000);
  afterAll(() => server?.close());

  it('writes the ONNX bytes that Node writes, of the UNet and of its gradient', async () => {
    expect(complaints).toEqual([]);
    const { config } = (await openDiffusersFolder(MODEL)).unet;
    const weights = await openRemoteWeights(`${server.url}/model/unet/diffusion_pytorch_model.safetensors`);
    const digests = Object.entries(onnxPrograms({ config, weights })).map(([name, bytes]) => [
      name,
      createHash('sha256').update(bytes).digest('hex'),
    ]);
    expect(digests).toHaveLength(4);
    expect(page.programs).toEqual(Object.fromEntries(digests));
  });

  it('takes the guided step that Node takes, and has the gradient that Node has', async () => {
    const { unet, scheduler } = await openDiffusersFolder(MODEL);
    const executor = createOrtExecutor({ threads: 1 });
    const node = await guidedStep(unet, scheduler, executor);
    await executor.release();
    for (const name of ['latents', 'gradient'] as const) {
      expect(page.step[name]).toHaveLength(node[name].length);
      expect(relativeError(page.step[name], node[name]), name).toBeLessThan(TOLERANCE);
    }
  });

  it('fetched each weight that it used once a program, and nothing else of the file', () => {
    const sent = server.sent.get('/model/unet/diffusion_pytorch_model.safetensors')!;
    expect(sent).toBeGreaterThan(13e6);
    expect(sent).toBeLessThan(30e6);
  });
});

/** ‖actual − expected‖ / ‖expected‖. */
function relativeError(actual: readonly number[], expected: readonly number[]): number {
  const difference = Math.hypot(...actual.map((value, i) => value - expected[i]!));
  return difference / Math.hypot(...expected);
}
