import { createHttpHandler, defineContract, idempotency } from '@gatehouse/http';
import { createMemoryIdempotencyStore, httpApiV2Event, readResult } from '@gatehouse/http/testing';
import Ajv2020 from 'ajv/dist/2020';
import fc from 'fast-check';
import { quoteIdempotencyKey } from '../client/idempotency-key.ts';
import { usersContract } from '../users-contract.ts';
import { parametersOf } from './parameters.ts';

const contract = defineContract({
  create: {
    method: 'POST',
    path: '/things',
    summary: '',
    access: { kind: 'public' },
    responses: { 204: { description: '' } },
    idempotency: 'optional',
  },
});

it.each([
  ['getUser', ['If-None-Match']],
  ['replaceUser', ['If-Match', 'If-None-Match']],
  ['deleteUser', ['If-Match', 'If-None-Match']],
  ['listUsers', []],
] as const)('%s has the preconditions %j', (id, names) => {
  const headers = parametersOf(usersContract[id]).map(({ name }) => name);
  expect(headers.filter((name) => name.startsWith('If-'))).toEqual(names);
});

describe('the Idempotency-Key of the documentation', () => {
  const documented = parametersOf(usersContract.createUser).find(({ name }) => name === 'Idempotency-Key');
  const isPromised = new Ajv2020().compile(documented?.schema ?? {});
  const handle = createHttpHandler<typeof contract>({
    contract,
    handlers: { create: () => ({ status: 204 }) },
    features: [
      idempotency({
        store: createMemoryIdempotencyStore(),
        callerOf: () => '',
        onStoreError: () => undefined,
      }),
    ],
  });
  const isTaken = async (key: string): Promise<boolean> => {
    const headers = { 'idempotency-key': key };
    const result = readResult(await handle(httpApiV2Event({ method: 'POST', path: '/things', headers })));
    return result.status !== 400;
  };

  const character = fc.oneof(
    fc.constantFrom('"', '\\', '\\\\', '\\"', ' ', '-', '_', ':', 'é', '\u007f', '\t'),
    fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 3 }),
  );
  const inside = fc.oneof(
    fc.array(character, { maxLength: 6 }).map((parts) => parts.join('')),
    fc.constantFrom(254, 255, 256).map((count) => 'k'.repeat(count)),
    fc.constantFrom(254, 255, 256).map((count) => '\\"'.repeat(count)),
  );
  const header = fc.oneof(
    inside,
    inside.map((text) => `"${text}"`),
  );

  it('is what the kernel takes, and nothing else', async () => {
    const seen = new Set<boolean>();
    await fc.assert(
      fc.asyncProperty(header, async (key) => {
        // HTTP takes whitespace around a value away (RFC 9110 5.5).
        const value = key.trim();
        seen.add(await isTaken(value));
        expect(isPromised(value)).toBe(await isTaken(value));
      }),
      { numRuns: 1_000 },
    );
    expect(seen.size).toBe(2);
  });

  it('has the form of every key that the client sends', async () => {
    const keys = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 255 });
    await fc.assert(
      fc.asyncProperty(keys, async (key) => {
        const value = quoteIdempotencyKey(key);
        expect([isPromised(value), await isTaken(value)]).toEqual([true, true]);
      }),
    );
  });
});
