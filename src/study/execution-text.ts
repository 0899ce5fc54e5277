/** @file Where a pipeline runs, in words, and what `auto` passed over on the way there. */
import type { Execution, PassedOver } from '../runtime/executor.ts';
import type { PictureSettings } from './recorded-settings.ts';

export type { Execution };

type Place = Pick<PictureSettings, 'device' | 'precision'>;

/** The part of the settings that says where pictures are computed. */
export function placeOf({ device, precision }: Execution): Place {
  return { device, precision };
}

/** `cpu in float32` */
export function placeText({ device, precision }: Place): string {
  return `${device} in ${precision}`;
}

/** Devices whose libraries are there and that do not work all the same: a warning each. */
export function passedOverWarnings({ passedOver, ...place }: Execution): string[] {
  return passedOver
    .filter(({ isInstalled }) => isInstalled)
    .map((device) => `Computing on ${placeText(place)}: ${passedOverText(device)}`);
}

/** `cuda was passed over: it is not available here …` */
export function passedOverText({ device, precision, reason }: PassedOver): string {
  const what = precision === undefined ? device : `${device} in ${precision}`;
  return `${what} was passed over: ${reason}${reason.endsWith('.') ? '' : '.'}`;
}
