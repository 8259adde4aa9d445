import * as v from 'valibot';
import { defineContract } from '../../contract/define-contract.ts';
import { createHttpHandler } from '../../handler/create-http-handler.ts';
import { createMemoryIdempotencyStore, httpApiV2Event, readResult } from '../../testing/index.ts';
import { idempotency } from '../idempotency/idempotency.ts';
import type { StoredResponse } from '../idempotency/idempotency-store.ts';
import { responseValidation } from './response-validation.ts';

const contract = defineContract({
  pay: {
    method: 'POST',
    path: '/payments',
    summary: 'Pays',
    access: { kind: 'public' },
    idempotency: 'optional',
    responses: { 201: { description: 'Paid', body: v.object({ run: v.number() }) } },
  },
});

describe.each([
  ['before idempotency', (all: readonly [unknown, unknown]) => all],
  ['after idempotency', ([validation, keys]: readonly [unknown, unknown]) => [keys, validation]],
])('response validation %s', (_name, order) => {
  function createPayments(answer: (run: number) => unknown, stored?: StoredResponse) {
    const memory = createMemoryIdempotencyStore();
    const store = stored
      ? {
          ...memory,
          claim: async ({ fingerprint }: { fingerprint: string }) => ({
            kind: 'answered' as const,
            fingerprint,
            response: stored,
          }),
        }
      : memory;
    const keys = idempotency({ store, callerOf: () => '', onStoreError: () => undefined });
    let runs = 0;
    const handler = createHttpHandler<typeof contract>({
      contract,
      handlers: { pay: () => ({ status: 201, body: answer(++runs) }) as never },
      features: order([responseValidation(), keys]) as never,
      onRequestEnd: () => undefined,
    });
    return async (key?: string) => {
      const headers = key === undefined ? {} : { 'idempotency-key': key };
      const result = readResult(
        await handler(httpApiV2Event({ method: 'POST', path: '/payments', headers })),
      );
      return [result.status, result.header('idempotency-replayed'), runs];
    };
  }

  it('stores no answer that does not fit, and frees its key', async () => {
    const pay = createPayments((run) => (run === 1 ? { run, leak: 1 } : { run }));
    expect(await pay('"k"')).toEqual([500, undefined, 1]);
    expect(await pay('"k"')).toEqual([201, undefined, 2]);
    expect(await pay('"k"')).toEqual([201, 'true', 2]);
  });

  it('holds answers without a key to their schema', async () => {
    const pay = createPayments((run) => (run === 1 ? { run: 'one' } : { run }));
    expect(await pay()).toEqual([500, undefined, 1]);
    expect(await pay()).toEqual([201, undefined, 2]);
  });

  it('replays an answer as it was stored, whatever its schema has become', async () => {
    const stored = { status: 201, headers: {}, body: '{"was":"once"}', isBase64: false };
    const pay = createPayments(() => undefined, stored);
    expect(await pay('"k"')).toEqual([201, 'true', 0]);
  });
});
