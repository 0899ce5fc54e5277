import { describe, expect, it } from 'vitest';
import { pairedBootstrap } from '../../statistics/paired-bootstrap.ts';
import { type Claim, clauseOf, verdictOf } from './verdict.ts';

const BELOW: Claim = { claim: 'it falls', wanted: 'below', as: 'difference', what: 'after minus before' };
const down = pairedBootstrap([-0.1, -0.12, -0.09, -0.1, -0.11, -0.1]);
const up = pairedBootstrap([0.1, 0.12, 0.09, 0.1, 0.11, 0.1]);
const unclear = pairedBootstrap([-0.1, 0.1, 0.05, -0.1, 0.1, -0.05]);

describe('clauseOf()', () => {
  it('holds, or is contradicted, where the whole interval lies on one side', () => {
    expect(clauseOf(BELOW, down).state).toBe('holds');
    expect(clauseOf(BELOW, up).state).toBe('contradicted');
    expect(clauseOf({ ...BELOW, wanted: 'above' }, up).state).toBe('holds');
  });

  it('is open where the interval includes the border, and where there is none', () => {
    expect(clauseOf(BELOW, unclear)).toMatchObject({
      state: 'open',
      measured: expect.stringContaining('not told apart'),
    });
    expect(clauseOf(BELOW, pairedBootstrap([-0.1]))).toMatchObject({
      state: 'open',
      measured: expect.stringContaining('one prompt'),
    });
    expect(clauseOf(BELOW, pairedBootstrap([0, 0, 0, 0, 0, 0])).state).toBe('open');
  });

  it('is open with so few prompts that chance alone could do it', () => {
    expect(clauseOf(BELOW, pairedBootstrap([-0.1, -0.12, -0.09, -0.1, -0.11]))).toMatchObject({
      state: 'open',
      measured: expect.stringContaining('of 5 prompts, which are too few'),
    });
  });

  it('is measured against another border than 0 where the claim has one', () => {
    const most: Claim = { claim: 'most do', wanted: 'above', than: 0.5, as: 'share', what: 'share' };
    expect(clauseOf(most, pairedBootstrap([1, 1, 1, 1, 1, 0.9])).state).toBe('holds');
    expect(clauseOf(most, pairedBootstrap([0.1, 0.2, 0.1, 0.1, 0.2, 0.1])).state).toBe('contradicted');
  });

  it('says so where nothing was measured', () => {
    expect(clauseOf(BELOW, null)).toEqual({
      claim: 'it falls',
      state: 'unmeasured',
      measured: 'not measured',
    });
  });
});

describe('verdictOf()', () => {
  const [held, contrary, open, missing] = [down, up, unclear, null].map((estimate) =>
    clauseOf(BELOW, estimate),
  );

  it('agrees only when every statement holds', () => {
    expect(verdictOf([held])).toMatchObject({
      agrees: true,
      sentence: expect.stringContaining('the statement holds'),
    });
    expect(verdictOf([held, held]).sentence).toContain('both statements hold');
    expect(verdictOf([held, held, held]).sentence).toContain('all 3 statements hold');
  });

  it('disagrees as soon as one is contradicted, and names it', () => {
    const verdict = verdictOf([held, contrary, open]);
    expect(verdict.agrees).toBe(false);
    expect(verdict.sentence).toContain('1 of 3 statements is contradicted: “it falls”');
  });

  it('is undecided while one is open or not measured', () => {
    expect(verdictOf([held, open])).toMatchObject({
      agrees: null,
      sentence: expect.stringMatching(/^Undecided: “it falls” \(not told apart\)\. 1 of 2/),
    });
    expect(verdictOf([held, missing])).toMatchObject({
      agrees: null,
      sentence: expect.stringContaining('(not measured)'),
    });
    expect(verdictOf([])).toMatchObject({
      agrees: null,
      sentence: expect.stringContaining('nothing was measured'),
    });
    expect(verdictOf([missing]).sentence).toContain('nothing was measured');
  });
});
