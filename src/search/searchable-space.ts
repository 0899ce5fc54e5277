/** @file The check that a space has something to search. */
import { DpoError } from '../errors.ts';
import type { SearchSpace } from './search-space.ts';

/**
 * Refuses a space in which nothing can be chosen. Slots with a single choice are fine beside others.
 * @throws {DpoError} INVALID_SPACE.
 */
export function assertSearchable(space: SearchSpace): void {
  const empty = space.slots.findIndex((slot) => slot.choices.length === 0);
  if (empty >= 0) {
    throw new DpoError(
      'INVALID_SPACE',
      `Slot ${empty} of the search space has no choices. Each slot needs at least the original, as choice 0.`,
      { details: { slot: empty } },
    );
  }
  if (space.slots.some((slot) => slot.choices.length > 1)) return;
  throw new DpoError(
    'INVALID_SPACE',
    `There is nothing to search: of ${space.slots.length} slots none has a second choice. Give at least one slot a word beside the original.`,
    { details: { slots: space.slots.length } },
  );
}
