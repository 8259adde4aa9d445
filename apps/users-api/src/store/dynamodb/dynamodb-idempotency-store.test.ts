import { hasDynamoDb } from '@gatehouse/clients/testing';
import type { IdempotencyClaim, IdempotencyStore, StoredResponse } from '@gatehouse/http';
import { startUsersDatabase, type UsersDatabase } from '../testing/users-database.ts';
import { createDynamoDbIdempotencyStore } from './dynamodb-idempotency-store.ts';

jest.setTimeout(30_000);

const NOW = Date.UTC(2026, 10, 22, 10);
const answer: StoredResponse = {
  status: 201,
  headers: { location: '/users/1' },
  version: '1',
  body: '{"id":"1"}',
  isBase64: false,
};

function claimOf(changes: Partial<IdempotencyClaim> = {}): IdempotencyClaim {
  return {
    key: 'k'.repeat(64),
    fingerprint: 'f'.repeat(64),
    owner: 'first',
    nowMs: NOW,
    lockedUntilMs: NOW + 60_000,
    expiresAtSeconds: NOW / 1000 + 86_400,
    ...changes,
  };
}

(hasDynamoDb ? describe : describe.skip)('answers by idempotency key in DynamoDB', () => {
  let database: UsersDatabase;
  let store: IdempotencyStore;

  beforeAll(async () => {
    database = await startUsersDatabase();
  });
  afterAll(async () => database.stop());
  beforeEach(async () => {
    store = createDynamoDbIdempotencyStore({
      documents: database.documents,
      tableName: await database.createUsersTable(),
    });
  });

  it('let the first claim in, and say to others that it is under way', async () => {
    expect(await store.claim(claimOf())).toEqual({ kind: 'claimed' });
    expect(await store.claim(claimOf({ owner: 'second' }))).toEqual({
      kind: 'in-flight',
      fingerprint: 'f'.repeat(64),
    });
    expect(await store.claim(claimOf({ owner: 'second', key: 'x'.repeat(64) }))).toEqual({ kind: 'claimed' });
  });

  it('let exactly one of many claims in', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, async (_, index) => store.claim(claimOf({ owner: `owner ${index}` }))),
    );
    expect(outcomes.filter(({ kind }) => kind === 'claimed')).toHaveLength(1);
  });

  it('let the same attempt claim again, since its first answer may be lost', async () => {
    await store.claim(claimOf());
    expect(await store.claim(claimOf())).toEqual({ kind: 'claimed' });
  });

  it('give back the answer as it was', async () => {
    await store.claim(claimOf());
    await store.complete(claimOf(), answer);
    const again = claimOf({ owner: 'second', fingerprint: 'another' });
    expect(await store.claim(again)).toEqual({
      kind: 'answered',
      fingerprint: 'f'.repeat(64),
      response: answer,
    });
  });

  it('are free again after a release', async () => {
    await store.claim(claimOf());
    await store.release(claimOf());
    expect(await store.claim(claimOf({ owner: 'second' }))).toEqual({ kind: 'claimed' });
  });

  it('are taken over when the lock runs out, and stay with the one who took them', async () => {
    await store.claim(claimOf());
    const later = { owner: 'second', nowMs: NOW + 60_000, lockedUntilMs: NOW + 120_000 };
    expect(await store.claim(claimOf(later))).toEqual({ kind: 'claimed' });
    await store.complete(claimOf(), answer);
    await store.release(claimOf());
    expect(await store.claim(claimOf({ ...later, owner: 'third' }))).toMatchObject({ kind: 'in-flight' });
  });

  it('are free when they have expired, though the item is still there', async () => {
    await store.claim(claimOf());
    await store.complete(claimOf(), answer);
    const nextDay = NOW + 86_400_000;
    expect(await store.claim(claimOf({ owner: 'second', nowMs: nextDay - 1000 }))).toMatchObject({
      kind: 'answered',
    });
    expect(await store.claim(claimOf({ owner: 'second', nowMs: nextDay }))).toEqual({ kind: 'claimed' });
  });
});
