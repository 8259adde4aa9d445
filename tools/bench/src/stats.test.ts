import { atLeast, atMost, median, medianOf, toRow } from './stats.ts';

describe('median', () => {
  it.each([
    { samples: [3], expected: 3 },
    { samples: [9, 1, 5], expected: 5 },
    { samples: [4, 1, 3, 2], expected: 2.5 },
  ])('of $samples is $expected', ({ samples, expected }) => {
    expect(median(samples)).toBe(expected);
  });

  it('refuses no samples', () => {
    expect(() => median([])).toThrow(RangeError);
  });

  it('leaves the samples in the order they were taken', () => {
    const samples = [3, 1, 2];
    median(samples);
    expect(samples).toEqual([3, 1, 2]);
  });
});

describe('budgets', () => {
  it('pass at the limit and fail beyond it', () => {
    expect([atMost('x', 2, 2).ok, atMost('x', 2, 2.01).ok]).toEqual([true, false]);
    expect([atLeast('x', 2, 2).ok, atLeast('x', 2, 1.99).ok]).toEqual([true, false]);
  });

  it('never pass on a value that is not a number', () => {
    expect([atMost('x', 2, Number.NaN).ok, atLeast('x', 2, Number.NaN).ok]).toEqual([false, false]);
  });

  it('refuse a measurement that is missing', () => {
    const rows = [toRow({ name: 'ours', metric: 'GET', unit: 'ns', samples: [1] })];
    expect(medianOf(rows, 'ours', 'GET')).toBe(1);
    expect(() => medianOf(rows, 'ours', 'POST')).toThrow('no row ours / POST');
  });
});
