import { describe, expect, it } from 'vitest';
import { evaluation } from '../../tests/store/store-rows.ts';
import { temporaryStores } from '../../tests/store/temporary-store.ts';
import { StudyStore } from './study-store.ts';

const { history } = new StudyStore(temporaryStores()());

describe('StudyHistory', () => {
  it('gives evaluations by their places, as they were', () => {
    const rows = [evaluation(2), { ...evaluation(0), state: 'invalid' as const, loss: null }, evaluation(1)];
    for (const row of rows) history.addEvaluation(1, row);
    expect(history.evaluations(1)).toEqual([rows[1], rows[2], rows[0]]);
    expect(history.evaluations(2)).toEqual([]);
  });

  it('leaves an evaluation as it was entered first', () => {
    history.addEvaluation(3, evaluation(0));
    history.addEvaluation(3, { ...evaluation(0), seconds: 99 });
    expect(history.evaluations(3)).toEqual([evaluation(0)]);
  });

  it('gives events by their places, the last that was entered for each', () => {
    history.addEvent(1, 0, { type: 'started' });
    history.addEvent(1, 2, { type: 'candidate', losses: [0.1 + 0.2], prompt: 'ein "Hund"\n\u2028☃' });
    history.addEvent(1, 1, { type: 'gradient' });
    history.addEvent(1, 1, { type: 'warning' });
    expect(history.events(1)).toEqual([
      { type: 'started' },
      { type: 'warning' },
      { type: 'candidate', losses: [0.1 + 0.2], prompt: 'ein "Hund"\n\u2028☃' },
    ]);
  });
});
