/** @file Options that shape pictures. Declared once, for the help, the command line and configuration files. */
import { SCHEDULER_CHOICES } from '../../study/scheduler-choices.ts';
import { choice, flag, number, pictureOffset, pictureSize, seedList, text, whole } from '../option-kind.ts';
import type { OptionSpec } from '../option-spec.ts';

export const PICTURE_OPTION_SPECS = {
  negative: {
    group: 'Pictures:',
    placeholder: 'TEXT',
    description: 'the negative prompt: what the pictures should not show; a search of it adds words after it',
    default: 'empty',
    kind: text,
  },
  seeds: {
    group: 'Pictures:',
    placeholder: 'LIST',
    description: 'seeds of the pictures, with commas between; a search sees these and no others',
    default: '0,1; with --for prompt 0 to 15',
    kind: seedList(),
  },
  heldOutSeeds: {
    group: 'Pictures:',
    placeholder: 'LIST',
    description: 'seeds that the search never sees, to measure what carries over; none for no such test',
    default: 'the 4 smallest that are not in --seeds; with --for prompt the 16 smallest',
    kind: seedList({ none: true }),
  },
  steps: {
    group: 'Pictures:',
    placeholder: 'N',
    description: 'denoising steps of each picture',
    default: '50',
    kind: whole(1),
  },
  guidance: {
    group: 'Pictures:',
    placeholder: 'SCALE',
    description: 'classifier-free guidance scale, 1 to 100; above 1 where the negative prompt is searched',
    default: '7.5',
    kind: number('a number from 1 to 100', (value) => value >= 1 && value <= 100),
  },
  scheduler: {
    group: 'Pictures:',
    placeholder: 'NAME',
    description: `how noise becomes a picture: ${SCHEDULER_CHOICES.join(', ')} (the model's own)`,
    default: 'ddim',
    kind: choice(SCHEDULER_CHOICES),
  },
  karras: {
    group: 'Pictures:',
    description:
      'noise levels by Karras et al.; with euler, euler-ancestral, heun, dpm++2m, dpm++2m-sde and unipc (default: what the model says of its own scheduler)',
    kind: flag,
  },
  spacing: {
    group: 'Pictures:',
    placeholder: 'NAME',
    description: 'how the steps are spread over the training timesteps: leading, linspace or trailing',
    default: 'what the model says, else what is usual with the scheduler',
    kind: choice(['leading', 'linspace', 'trailing']),
  },
  eta: {
    group: 'Pictures:',
    placeholder: 'ETA',
    description: 'noise that DDIM adds at each step, 0 (none) to 1',
    default: '0',
    kind: number('a number from 0 to 1', (value) => value >= 0 && value <= 1),
  },
  size: {
    group: 'Pictures:',
    placeholder: 'WxH',
    description: 'width and height in pixels, such as 512x768',
    default: 'what the model was trained for',
    kind: pictureSize,
  },
  vaeTiling: {
    group: 'Pictures:',
    placeholder: 'WHEN',
    description:
      'decode pictures in tiles, for less memory and slightly other pixels: on, off or auto (where the whole would not fit, and beyond 1.5 times 1024x1024 pixels)',
    default: 'auto',
    kind: choice(['auto', 'on', 'off']),
  },
  originalSize: {
    group: 'Advanced, sizes that SDXL is told:',
    placeholder: 'WxH',
    description: 'size of the picture before cropping; a small one asks for a blurred picture',
    default: 'that of --size',
    kind: pictureSize,
  },
  cropTopLeft: {
    group: 'Advanced, sizes that SDXL is told:',
    placeholder: 'X,Y',
    description: 'pixels cropped from the left, then from the top; 0,0 asks for a centred subject',
    default: '0,0',
    kind: pictureOffset,
  },
  targetSize: {
    group: 'Advanced, sizes that SDXL is told:',
    placeholder: 'WxH',
    description: 'size after cropping',
    default: 'that of --size',
    kind: pictureSize,
  },
} as const satisfies Record<string, OptionSpec<unknown>>;
