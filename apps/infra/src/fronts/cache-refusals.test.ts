import { type ContractTable, operationsOf } from '../contract/operation.ts';
import { devEnvironment } from '../testing/fixtures.ts';
import { cacheRefusals } from './cache-refusals.ts';

const cached = devEnvironment({ fronts: ['rest'], cache: { sizeGb: 0.5 } });
const users = (keys: readonly string[]): ContractTable => ({
  listUsers: {
    method: 'GET',
    path: '/users',
    access: { kind: 'scopes', anyOf: ['users:admin'] },
    cache: { ttlSeconds: 60, keys },
  },
});

describe('caching', () => {
  it('is refused where the answer depends on the caller and the key does not', () => {
    expect(cacheRefusals(cached, operationsOf(users(['query.limit'])))).toEqual([
      { at: 'listUsers', message: expect.stringContaining('add header.authorization') },
    ]);
  });

  it.each(['header.authorization', 'header.Authorization'])('is allowed with %s in the key', (key) => {
    expect(cacheRefusals(cached, operationsOf(users(['query.limit', key])))).toEqual([]);
  });

  it('is refused for anything but GET', () => {
    const table: ContractTable = {
      create: { method: 'POST', path: '/x', access: { kind: 'public' }, cache: { ttlSeconds: 1, keys: [] } },
    };

    expect(cacheRefusals(cached, operationsOf(table))[0]?.message).toContain('POST');
  });

  it('is no matter where the environment has no cache', () => {
    expect(cacheRefusals(devEnvironment(), operationsOf(users([])))).toEqual([]);
  });
});
