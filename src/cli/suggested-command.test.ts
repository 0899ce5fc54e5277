import { expect, it } from 'vitest';
import { suggestedCommand } from './suggested-command.ts';

it('names the store that was named, quoted where it must be', () => {
  expect(suggestedCommand(['resume', 'k3v9q2xw'], {})).toBe('dpo-diff resume k3v9q2xw');
  expect(suggestedCommand(['report', 'e1'], { store: "my own's.db" })).toBe(
    "dpo-diff report e1 --store 'my own'\\''s.db'",
  );
});
