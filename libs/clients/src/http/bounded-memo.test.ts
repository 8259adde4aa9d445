import { createBoundedMemo } from './bounded-memo.ts';

describe('createBoundedMemo', () => {
  it('makes a value once for each text', () => {
    const create = jest.fn((key: string) => ({ key }));
    const memo = createBoundedMemo(2, create);
    expect(memo('a')).toBe(memo('a'));
    expect(memo('b')).toEqual({ key: 'b' });
    expect(create).toHaveBeenCalledTimes(2);
  });

  it('holds no more than it may, and nothing long', () => {
    const create = jest.fn((key: string) => ({ key }));
    const memo = createBoundedMemo(2, create);
    const long = 'x'.repeat(1_025);
    for (const key of ['a', 'b', 'c', 'a', long, long]) memo(key);
    expect(create).toHaveBeenCalledTimes(6);
  });

  it('asks again after a failure', () => {
    let calls = 0;
    const memo = createBoundedMemo(2, () => {
      if (calls++ === 0) throw new Error('no');
      return {};
    });
    expect(() => memo('a')).toThrow('no');
    expect(memo('a')).toEqual({});
  });
});
