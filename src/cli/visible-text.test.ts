import { expect, it } from 'vitest';
import { studyResult } from '../../tests/cli/study-events.ts';
import { EventLines } from './event-lines.ts';
import { studySummary } from './study-summary.ts';
import { visibleText } from './visible-text.ts';

const RED = 'a \u001b[31mred\u009b0m cat\r\u202e';
const SHOWN = 'a \\u001b[31mred\\u009b0m cat\\u000d\\u202e';

it('shows what would command the terminal, and keeps lines and letters', () => {
  expect(visibleText(`${RED}\nein Bär, 猫 👩‍🚀`)).toBe(`${SHOWN}\nein Bär, 猫 👩‍🚀`);
});

it('is what is told of a study', () => {
  const result = studyResult();
  const found = { ...result, best: { ...result.best, negativePrompt: RED } };
  expect(studySummary(found, `npx dpo-diff generate '${RED}'`)).toContain(`\n${SHOWN}\n`);
  expect(studySummary(found, `npx dpo-diff generate '${RED}'`)).not.toMatch(/(?!\n)\p{Cc}/u);
  expect(new EventLines(false).of({ type: 'warning', message: RED })).toEqual([`Warning: ${SHOWN}`]);
});
