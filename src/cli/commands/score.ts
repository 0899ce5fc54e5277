/** @file `dpo-diff score`. */
import type { CommandSpec } from '../command-spec.ts';

export const scoreCommand: CommandSpec = {
  name: 'score',
  arguments: [
    { name: 'image', description: 'a picture: PNG, JPEG, WebP, GIF, TIFF or AVIF' },
    { name: 'prompt', description: 'the prompt that it is compared with, in quotes' },
  ],
  summary: 'say how well a picture follows a prompt',
  description:
    'Prints the spherical CLIP loss (lower is better; about 1.23 where picture and prompt have nothing in common) and the cosine similarity.',
  examples: ['dpo-diff score picture.png "a red cat and a blue car"'],
  run: async (host, [image, prompt], options) => {
    const { runScore } = await import('./run-score.ts');
    return runScore(host, { image: image!, prompt: prompt! }, options);
  },
};
