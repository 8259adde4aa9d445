import { choose, type NeedName } from './needs.ts';

describe('choosing a front', () => {
  it.each<[readonly NeedName[], string | undefined]>([
    [[], 'http'],
    [['authorizer', 'throttle'], 'http'],
    [['waf'], 'rest'],
    [['usage-plans', 'cache'], 'rest'],
    [['cors-patterns'], 'rest'],
    [['internal'], 'url'],
    [['internal', 'throttle'], 'http'],
    [['long-requests'], 'url'],
    [['long-requests', 'waf'], undefined],
  ])('for %j recommends %s', (needs, front) => {
    expect(choose(needs).recommended).toBe(front);
  });

  it('says what the others lack', () => {
    expect(choose(['waf', 'throttle']).lacks).toEqual({ url: ['waf', 'throttle'], http: ['waf'] });
  });
});
