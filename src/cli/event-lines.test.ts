import { expect, test } from 'vitest';
import { candidate } from '../../tests/cli/study-events.ts';
import { EventLines } from './event-lines.ts';

test('EventLines says what each of several scorers says', () => {
  const scorers = [
    { scorer: 'ViT-B-32', weight: 1, loss: 0.4 },
    { scorer: 'PickScore', weight: 0.5, loss: 0.2 },
  ];
  expect(new EventLines(true).of(candidate(1, 0.5, { scorers }))).toEqual([
    'Evolution:',
    '    2  loss 0.500 (ViT-B-32 0.400, PickScore 0.200)  "dog"',
  ]);
});
