import { describe, expect, it } from 'vitest';
import { temporaryStores } from '../../tests/store/temporary-store.ts';
import { StudyStore } from './study-store.ts';

const freshPath = temporaryStores();

describe('GradientCache', () => {
  const gradient = Float64Array.of(0.1, -0, 5e-324, -1e300);

  it('gives a gradient again bit by bit, also when it is a view', () => {
    const path = freshPath();
    const store = new StudyStore(path);
    const view = Float64Array.of(9, ...gradient, 9).subarray(1, 5);
    store.gradients.add('key', { loss: 0.8, gradient: view, guidedSteps: 6, unetCalls: 7.5 });
    store.close();
    const again = new StudyStore(path);
    expect(again.gradients.find('key')).toEqual({ loss: 0.8, gradient, guidedSteps: 6, unetCalls: 7.5 });
    expect(again.gradients.find('other')).toBeUndefined();
    again.close();
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, null])('keeps the loss %s as none', (loss) => {
    const store = new StudyStore(freshPath());
    store.gradients.add('key', { loss, gradient, guidedSteps: 1, unetCalls: 2 });
    store.gradients.add('key', { loss: 1, gradient, guidedSteps: 1, unetCalls: 2 });
    expect(store.gradients.find('key')?.loss).toBeNull();
    store.close();
  });
});
