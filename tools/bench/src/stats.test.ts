import { atLeast, atMost, median, medianOf, pairedRatioOf, toRow } from './stats.ts';

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

describe('pairedRatioOf', () => {
  const row = (name: string, samples: number[]) => toRow({ name, metric: 'GET', unit: 'us', samples });
  const ofTo = (ours: number[], peer: number[]): number =>
    pairedRatioOf([row('ours', ours), row('peer', peer)], 'GET', { of: 'ours', to: 'peer' });

  it('is not moved by what falls on both of a pair', () => {
    expect(ofTo([2, 20, 2.2], [1, 10, 1])).toBe(2);
    expect(ofTo([2, 2, 20], [1, 10, 10])).toBe(2);
  });

  it('refuses samples that have none beside them', () => {
    expect(() => ofTo([1, 1, 1], [1])).toThrow(RangeError);
  });

  it('refuses a measurement that is missing', () => {
    expect(() => pairedRatioOf([row('ours', [1])], 'GET', { of: 'ours', to: 'peer' })).toThrow(
      'no row peer / GET',
    );
  });
});
