import fc from 'fast-check';
import { mergeShards } from './merge-shards.ts';

const ascending = (a: number, b: number): number => a - b;

/** Shards of sorted numbers, read in pages of any size, empty ones among them. */
function shardsOf(numbers: readonly (readonly number[])[], pageSizes: readonly number[]) {
  const reads: string[] = [];
  let turn = 0;
  return {
    reads,
    shards: numbers.map((_, index) => String(index)),
    readPage: async (shard: string, from: unknown) => {
      const start = (from as number | undefined) ?? 0;
      const all = numbers[Number(shard)] ?? [];
      const size = pageSizes[turn % pageSizes.length] ?? 1;
      turn += 1;
      reads.push(shard);
      const end = Math.min(all.length, start + size);
      return { items: all.slice(start, end), ...(end < all.length ? { next: end } : {}) };
    },
  };
}

describe('mergeShards', () => {
  it('gives the first of all, in order, whatever the pages are', async () => {
    const sorted = fc.array(fc.integer(), { maxLength: 12 }).map((items) => items.toSorted(ascending));
    const sizes = fc
      .array(fc.integer({ min: 0, max: 5 }), { minLength: 1 })
      .filter((all) => all.some((size) => size > 0));
    await fc.assert(
      fc.asyncProperty(
        fc.array(sorted, { maxLength: 5 }),
        sizes,
        fc.nat(30),
        async (numbers, pageSizes, count) => {
          const { shards, readPage } = shardsOf(numbers, pageSizes);
          const merged = await mergeShards({ shards, readPage, compare: ascending, count });
          expect(merged).toEqual(numbers.flat().toSorted(ascending).slice(0, count));
        },
      ),
    );
  });

  it('reads a shard on only when its page is used up', async () => {
    const { shards, readPage, reads } = shardsOf(
      [
        [1, 2, 3, 4],
        [10, 11, 12, 13],
      ],
      [2],
    );
    expect(await mergeShards({ shards, readPage, compare: ascending, count: 3 })).toEqual([1, 2, 3]);
    expect(reads).toEqual(['0', '1', '0']);
  });
});
