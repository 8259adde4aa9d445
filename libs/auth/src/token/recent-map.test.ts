import fc from 'fast-check';
import { createRecentMap } from './recent-map.ts';

describe('createRecentMap', () => {
  it('gives back what was set, until it is deleted', () => {
    const map = createRecentMap<number>(10);
    map.set('a', 1);
    map.set('a', 2);
    expect(map.get('a')).toBe(2);
    map.delete('a');
    expect(map.get('a')).toBeUndefined();
  });

  it('keeps an entry that is used, and forgets the others', () => {
    const map = createRecentMap<number>(4);
    map.set('used', 0);
    for (let count = 0; count < 100; count += 1) {
      map.set(`other-${count}`, count);
      expect(map.get('used')).toBe(0);
    }
    expect(map.get('other-0')).toBeUndefined();
  });

  it('deletes from the old generation as well', () => {
    const map = createRecentMap<number>(4);
    for (const key of ['a', 'b', 'c']) map.set(key, 1);
    map.delete('a');
    expect(map.get('a')).toBeUndefined();
    expect(map.get('b')).toBe(1);
  });

  it('forgets nothing when an entry gets another value, or one is looked for that is not there', () => {
    const map = createRecentMap<number>(4);
    map.set('a', 1);
    map.set('b', 1);
    for (let count = 0; count < 9; count += 1) {
      map.set('b', count);
      expect(map.get('c')).toBeUndefined();
    }
    expect(map.size()).toBe(2);
    expect([map.get('a'), map.get('b')]).toEqual([1, 8]);
  });

  it('counts both generations, and fills its capacity', () => {
    const map = createRecentMap<number>(4);
    const sizes = ['a', 'b', 'c', 'd', 'e'].map((key) => {
      map.set(key, 1);
      return map.size();
    });
    expect(sizes).toEqual([1, 2, 3, 4, 3]);
  });

  it('holds nothing below a capacity of two', () => {
    const map = createRecentMap<number>(1);
    map.set('a', 1);
    expect([map.get('a'), map.size()]).toEqual([undefined, 0]);
  });

  it('never holds more than its capacity, nor a value other than the last', () => {
    const step = fc.tuple(
      fc.constantFrom('get', 'set', 'delete'),
      fc.integer({ min: 0, max: 12 }).map(String),
    );
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 8 }), fc.array(step, { maxLength: 200 }), (capacity, steps) => {
        const map = createRecentMap<number>(capacity);
        const last = new Map<string, number>();
        steps.forEach(([verb, key], index) => {
          if (verb === 'set') {
            map.set(key, index);
            last.set(key, index);
            expect(map.get(key)).toBe(index);
          } else if (verb === 'delete') {
            map.delete(key);
            last.delete(key);
          }
          expect([undefined, last.get(key)]).toContain(map.get(key));
          expect(map.size()).toBeLessThanOrEqual(capacity);
        });
      }),
    );
  });
});
