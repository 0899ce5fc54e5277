/** @file What a caption says about a picture, as data: the common ground of captions, their parser and the judge. */
import type { BackgroundName, ColourName, ObjectName, Position, Relation, SizeName } from './world.ts';

/** An object that a caption names, with what the caption says of it. */
export interface ObjectFact {
  readonly object: ObjectName;
  readonly colour?: ColourName | undefined;
  /** Not judged. */
  readonly size?: SizeName | undefined;
}

export interface SceneFacts {
  /** In the order in which the caption names them. */
  readonly objects: readonly ObjectFact[];
  /** Where the first object stands as seen from the second; only captions of exactly two objects state one. */
  readonly relation?: Relation | undefined;
  /** Where a lone object stands in the picture. Not judged. */
  readonly position?: Position | undefined;
  readonly background?: BackgroundName | undefined;
}
