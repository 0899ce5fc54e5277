import { readFileSync } from 'node:fs';
import { decode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { MersenneTwister } from '../tensor/mersenne-twister.ts';
import { type FloatTensor, floatTensor } from '../tensor/tensor.ts';
import { type Detection, judge, type Verdict } from './judge.ts';
import { renderScene, renderSceneBytes } from './render-scene.ts';
import { randomScene, type Scene } from './scene.ts';
import type { SceneFacts } from './scene-facts.ts';
import { hitRate, isSceneRight, scoreFacts } from './score-facts.ts';
import { IMAGE_SIZE } from './world.ts';

/** What `pocket/train/judge.py` says of each tile; `tests/fixtures/judge/make_fixture.py` wrote it. */
interface ExpectedRow extends Verdict {
  readonly kind: 'sample' | 'damaged' | 'render';
  readonly scene?: Scene & { readonly relation: Scene['relation'] | null };
}

const FIXTURES = new URL('../../tests/fixtures/judge/', import.meta.url);
const ROWS = JSON.parse(readFileSync(new URL('expected.json', FIXTURES), 'utf8')) as ExpectedRow[];
const SHEET = decode(readFileSync(new URL('pictures.png', FIXTURES)));
const PIXELS = IMAGE_SIZE * IMAGE_SIZE;

function tileBytes(index: number): Uint8Array {
  const columns = SHEET.width / IMAGE_SIZE;
  const left = (index % columns) * IMAGE_SIZE;
  const top = Math.floor(index / columns) * IMAGE_SIZE;
  return Uint8Array.from({ length: 3 * PIXELS }, (_, at) => {
    const [x, y] = [Math.floor(at / 3) % IMAGE_SIZE, Math.floor(at / 3 / IMAGE_SIZE)];
    return SHEET.data[((top + y) * SHEET.width + left + x) * 3 + (at % 3)]!;
  });
}

function tensorFromBytes(bytes: Uint8Array): FloatTensor {
  const data = Float32Array.from(bytes, (_, at) => bytes[(at % PIXELS) * 3 + Math.floor(at / PIXELS)]! / 255);
  return floatTensor([3, IMAGE_SIZE, IMAGE_SIZE], data);
}

/** Everything that could be said of a scene and judged. */
function allFacts({ objects, relation, background }: Scene): SceneFacts {
  return { objects: objects.map(({ object, colour }) => ({ object, colour })), relation, background };
}

describe('judge()', () => {
  it.each(ROWS.map((row, index) => [index, row.kind, row] as const))(
    'says of tile %i (%s) what the judge in Python says',
    (index, _kind, { background, detections }) => {
      expect(judge(tensorFromBytes(tileBytes(index)))).toEqual({ background, detections });
    },
  );

  it('is tested on pictures with none, one, two and three detections', () => {
    expect(new Set(ROWS.map((row) => row.detections.length))).toEqual(new Set([0, 1, 2, 3]));
  });

  it('is right about objects, colours, relations and backgrounds of all random renders', () => {
    const rng = new MersenneTwister(1);
    const wrong = Array.from({ length: 400 }, () => randomScene(rng, { pairs: 'any' })).filter((scene) => {
      const score = scoreFacts(judge(renderScene(scene)), allFacts(scene));
      return !isSceneRight(score) || hitRate(score) !== 1;
    });
    expect(wrong).toEqual([]);
  });

  it('finds the place and the size of a lone object', () => {
    const scene: Scene = {
      objects: [{ object: 'umbrella', colour: 'purple', size: 'big', x: 8, y: 32 }],
      background: 'dark',
      relation: undefined,
    };
    const [best] = judge(renderScene(scene)).detections;
    expect(best).toMatchObject({
      object: 'umbrella',
      colour: 'purple',
      size: 'big',
      cx: 22,
      cy: 46,
    } satisfies Partial<Detection>);
    expect(best!.iou).toBeGreaterThan(0.95);
  });

  it('finds nothing on an empty picture', () => {
    const gray = floatTensor([3, IMAGE_SIZE, IMAGE_SIZE], new Float32Array(3 * PIXELS).fill(0.65));
    expect(judge(gray)).toEqual({ background: 'gray', detections: [] });
  });

  it('refuses a picture of another shape, naming both shapes', () => {
    expect(() => judge(floatTensor([3, 32, 32]))).toThrow(/\[3, 64, 64\].*\[3, 32, 32\]/);
  });

  it('refuses a picture that holds NaN', () => {
    const image = floatTensor([3, IMAGE_SIZE, IMAGE_SIZE]);
    image.data[77] = Number.NaN;
    expect(() => judge(image)).toThrow(/not finite/);
  });
});

describe('renderSceneBytes()', () => {
  const renders = ROWS.flatMap((row, index) => (row.scene ? [[index, row.scene] as const] : []));

  it.each(renders)('renders the scene of tile %i byte for byte as the renderer in Python', (index, scene) => {
    expect(Buffer.from(renderSceneBytes(scene)).equals(tileBytes(index))).toBe(true);
  });
});
