/** @file The exact renderer of reference scenes, bit for bit that of `pocket/train/world.py`: flat silhouettes over a flat background. */
import type { FloatTensor } from '../tensor/tensor.ts';
import type { Scene, SceneObject } from './scene.ts';
import { spriteOf } from './sprites.ts';
import { BACKGROUNDS, COLOURS, IMAGE_SIZE, type Rgb } from './world.ts';

const PIXELS = IMAGE_SIZE * IMAGE_SIZE;

/** A picture of `scene`: float32 [3, 64, 64] in [0, 1]. */
export function renderScene(scene: Scene): FloatTensor {
  const data = new Float32Array(3 * PIXELS);
  const background = unitRgb(BACKGROUNDS[scene.background]);
  for (let channel = 0; channel < 3; channel++) {
    data.fill(background[channel]!, channel * PIXELS, (channel + 1) * PIXELS);
  }
  for (const object of scene.objects) drawObject(data, object);
  return { dtype: 'float32', shape: [3, IMAGE_SIZE, IMAGE_SIZE], data };
}

/** A picture of `scene` in bytes: [64, 64, 3], row-major, 0 to 255. */
export function renderSceneBytes(scene: Scene): Uint8Array {
  const { data } = renderScene(scene);
  const bytes = new Uint8Array(3 * PIXELS);
  for (let pixel = 0; pixel < PIXELS; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      bytes[3 * pixel + channel] = Math.round(data[channel * PIXELS + pixel]! * 255);
    }
  }
  return bytes;
}

function drawObject(data: Float32Array, { object, colour, size, x, y }: SceneObject): void {
  const { side, coverage } = spriteOf(object, size);
  const rgb = unitRgb(COLOURS[colour]);
  for (let channel = 0; channel < 3; channel++) {
    for (let index = 0; index < coverage.length; index++) {
      const row = y + Math.floor(index / side);
      const at = channel * PIXELS + row * IMAGE_SIZE + x + (index % side);
      data[at] = blend(data[at]!, rgb[channel]!, Math.fround(coverage[index]! / 255));
    }
  }
}

/** Rounded after each step as float32 arithmetic rounds, so that pictures equal the training set's. */
function blend(under: number, over: number, alpha: number): number {
  return Math.fround(Math.fround(under * Math.fround(1 - alpha)) + Math.fround(alpha * over));
}

function unitRgb(rgb: Rgb): Rgb {
  return [Math.fround(rgb[0] / 255), Math.fround(rgb[1] / 255), Math.fround(rgb[2] / 255)];
}
