import { interleave } from './interleave.ts';

describe('interleave', () => {
  it('turns the order at every round and keeps the samples apart', async () => {
    const order: string[] = [];
    const candidate = (name: string) => ({
      name,
      measure: async () => {
        order.push(name);
        return order.length;
      },
    });
    const samples = await interleave([candidate('a'), candidate('b')], 3);
    expect(order).toEqual(['a', 'b', 'b', 'a', 'a', 'b']);
    expect(samples).toEqual(
      new Map([
        ['a', [1, 4, 5]],
        ['b', [2, 3, 6]],
      ]),
    );
  });
});
