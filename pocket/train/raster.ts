/** @file Rasterises the silhouettes, icons of @mdi/svg unpacked in ./mdi, to masks at both sizes, and writes sprites.json. Run in pocket/. */
import { readFileSync, writeFileSync } from 'node:fs';
import { Resvg } from '@resvg/resvg-js';

/** Which icon stands for which object. */
const ICONS = {
  cat: 'cat',
  dog: 'dog',
  fish: 'fish',
  bird: 'bird',
  car: 'car-side',
  truck: 'truck',
  bus: 'bus-side',
  boat: 'sail-boat',
  plane: 'airplane',
  bicycle: 'bicycle',
  train: 'train',
  house: 'home',
  tree: 'pine-tree',
  flower: 'flower-tulip',
  star: 'star',
  moon: 'moon-waning-crescent',
  sun: 'white-balance-sunny',
  cloud: 'cloud',
  heart: 'heart',
  umbrella: 'umbrella',
  key: 'key',
  bell: 'bell',
  apple: 'food-apple',
  hat: 'hat-fedora',
};
const SIZES = [20, 28];

/** Sides of the high-resolution picture of an icon, and samples of it along each side of a mask's pixel. */
const RESOLUTION = 384;
const SAMPLES = 8;
/** A pixel of the high-resolution picture belongs to the icon when its alpha is above this. */
const MIN_ALPHA = 64;

/** Alpha of a square picture, row-major, 0 to 255. */
interface Alpha {
  readonly side: number;
  readonly values: Uint8Array;
}

/** The least square around the icon, by centre and side. */
interface Crop {
  readonly cx: number;
  readonly cy: number;
  readonly side: number;
}

function renderIcon(icon: string): Alpha {
  const svg = readFileSync(`mdi/svg/${icon}.svg`, 'utf8');
  const image = new Resvg(svg, { fitTo: { mode: 'width', value: RESOLUTION } }).render();
  return { side: image.width, values: image.pixels.filter((_, index) => index % 4 === 3) };
}

function tightCrop({ side, values }: Alpha): Crop {
  const covered = [...values.keys()].filter((index) => values[index]! > MIN_ALPHA);
  const extent = (coordinates: number[]) => {
    const first = coordinates.reduce((a, b) => Math.min(a, b));
    const end = coordinates.reduce((a, b) => Math.max(a, b)) + 1;
    return { centre: (first + end) / 2, length: end - first };
  };
  const x = extent(covered.map((index) => index % side));
  const y = extent(covered.map((index) => Math.floor(index / side)));
  return { cx: x.centre, cy: y.centre, side: Math.max(x.length, y.length) };
}

/** The crop at `size` pixels, each the mean of a grid of samples. */
function mask(alpha: Alpha, crop: Crop, size: number): number[] {
  const scale = crop.side / size;
  const at = (centre: number, pixel: number, sample: number) =>
    Math.floor(centre - crop.side / 2 + (pixel + (sample + 0.5) / SAMPLES) * scale);
  return Array.from({ length: size * size }, (_, index) => {
    let sum = 0;
    for (let sample = 0; sample < SAMPLES * SAMPLES; sample++) {
      const x = at(crop.cx, index % size, sample % SAMPLES);
      const y = at(crop.cy, Math.floor(index / size), Math.floor(sample / SAMPLES));
      const isInside = x >= 0 && y >= 0 && x < alpha.side && y < alpha.side;
      sum += isInside ? alpha.values[y * alpha.side + x]! : 0;
    }
    return Math.round(sum / SAMPLES ** 2);
  });
}

const masks = Object.entries(ICONS).map(([name, icon]) => {
  const alpha = renderIcon(icon);
  const crop = tightCrop(alpha);
  return [name, SIZES.map((size) => mask(alpha, crop, size))] as const;
});
const sprites = { sizes: SIZES, names: Object.keys(ICONS), svg: ICONS, masks: Object.fromEntries(masks) };
writeFileSync('sprites.json', JSON.stringify(sprites));
