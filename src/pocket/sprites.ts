/** @file The silhouettes that pictures are made of, read from `pocket/sprites.json` (which `pocket/train/raster.ts` writes). */
import { readFileSync } from 'node:fs';
import { invariant } from '../errors.ts';
import { OBJECTS, type ObjectName, SIZE_NAMES, SIZES, type SizeName } from './world.ts';

/** Coverage of each pixel, 0 to 255, row-major `[side, side]`. */
export interface Sprite {
  readonly side: number;
  readonly coverage: Uint8Array;
}

interface SpriteFile {
  readonly sizes: readonly number[];
  readonly names: readonly string[];
  readonly masks: Readonly<Record<string, readonly (readonly number[])[]>>;
}

const SPRITES = readSprites();

/** The silhouette of `object` at `size`. */
export function spriteOf(object: ObjectName, size: SizeName): Sprite {
  return SPRITES[size].get(object)!;
}

function readSprites(): Record<SizeName, ReadonlyMap<ObjectName, Sprite>> {
  const file = JSON.parse(
    readFileSync(new URL('../../pocket/sprites.json', import.meta.url), 'utf8'),
  ) as SpriteFile;
  invariant(
    file.names.join() === OBJECTS.join(),
    'the objects of sprites.json are not those of src/pocket/world.ts',
  );
  const ofSize = (size: SizeName, index: number) =>
    new Map(OBJECTS.map((object) => [object, spriteFrom(file.masks[object]![index]!, SIZES[size])]));
  return {
    small: ofSize('small', SIZE_NAMES.indexOf('small')),
    big: ofSize('big', SIZE_NAMES.indexOf('big')),
  };
}

function spriteFrom(mask: readonly number[], side: number): Sprite {
  invariant(
    mask.length === side * side,
    `a silhouette of sprites.json has ${mask.length} pixels, not ${side} x ${side}`,
  );
  return { side, coverage: Uint8Array.from(mask) };
}
