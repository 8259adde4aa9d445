import type { ReceivedDelivery, StoredDelivery } from '../../model/delivery.ts';
import { hasEngine, startDeliveriesTable, type DeliveriesTable } from '../../testing/deliveries-table.ts';
import { createDynamoDeliveryInbox } from './dynamo-delivery-inbox.ts';
import { createDynamoDeliveryProgress } from './dynamo-delivery-progress.ts';
import { createDynamoDeliveryReplays } from './dynamo-delivery-replays.ts';

const describeWithEngine = hasEngine ? describe : describe.skip;
if (!hasEngine)
  process.stdout.write('skipped: the stores on a real engine (its package is not for this platform)\n');

const NOW = 1_767_225_600_000;
const RETENTION_SECONDS = 76 * 3600;
let keys = 0;

function delivery(overrides: Partial<StoredDelivery> = {}): StoredDelivery {
  return {
    key: `standard#msg_${++keys}`,
    provider: 'standard',
    scheme: 'standard-webhooks',
    body: Buffer.from([0, 255, 10]),
    headers: { 'content-type': 'application/json' },
    receivedAtMs: NOW,
    signedAtSeconds: NOW / 1000,
    state: 'received',
    replays: 0,
    deferrals: 0,
    ...overrides,
  };
}

describeWithEngine('the deliveries table', () => {
  let table: DeliveriesTable;
  beforeAll(async () => {
    table = await startDeliveriesTable();
  });
  afterAll(async () => table.close());

  const inbox = (retentionSeconds = RETENTION_SECONDS) =>
    createDynamoDeliveryInbox({ documents: table.documents, tableName: table.name, retentionSeconds });
  const progress = (nowMs = NOW) =>
    createDynamoDeliveryProgress({ documents: table.documents, tableName: table.name, clock: () => nowMs });
  const replays = (nowMs = NOW) =>
    createDynamoDeliveryReplays({
      documents: table.sdk,
      tableName: table.name,
      retentionSeconds: RETENTION_SECONDS,
      clock: () => nowMs,
    });
  const rowOf = async ({ key }: ReceivedDelivery) =>
    (await table.documents.get({ TableName: table.name, Key: { pk: key }, ConsistentRead: true })).Item;

  test('stores a delivery once, as it came', async () => {
    const subject = delivery();
    expect(await inbox().claim(subject)).toBe('stored');
    expect(await inbox().claim(subject)).toBe('duplicate');
    expect(await rowOf(subject)).toMatchObject({
      pk: subject.key,
      state: 'received',
      provider: 'standard',
      scheme: 'standard-webhooks',
      headers: { 'content-type': 'application/json' },
      receivedAt: '2026-01-01T00:00:00.000Z',
      signedAtSeconds: NOW / 1000,
      expiresAt: NOW / 1000 + RETENTION_SECONDS,
      replays: 0,
    });
    expect(Buffer.from((await rowOf(subject))!['body'] as Uint8Array)).toEqual(Buffer.from([0, 255, 10]));
  });

  test('stores one of a hundred claims at once', async () => {
    const subject = delivery();
    const outcomes = await Promise.all(Array.from({ length: 100 }, async () => inbox().claim(subject)));
    expect(outcomes.filter((outcome) => outcome === 'stored')).toHaveLength(1);
  });

  test('takes an expired row that is still there as absent', async () => {
    const subject = delivery();
    await inbox().claim(subject);
    const afterMs = (RETENTION_SECONDS + 1) * 1000;
    expect(await inbox().claim({ ...subject, receivedAtMs: NOW + afterMs - 1000 })).toBe('duplicate');
    expect(await inbox().claim({ ...subject, receivedAtMs: NOW + afterMs })).toBe('stored');
  });

  test('claims nothing anew that is done', async () => {
    const subject = delivery();
    await inbox().claim(subject);
    await progress().complete(subject, 'created');
    expect(await inbox().claim(subject)).toBe('duplicate');
    expect(await rowOf(subject)).toMatchObject({ state: 'done', outcome: 'created' });
  });

  test.each<[string, Partial<StoredDelivery>]>([
    ['replayed since', { replays: 1 }],
    ['overwritten by a later delivery', { receivedAtMs: NOW + 1 }],
  ])('leaves a row alone that was %s', async (_what, row) => {
    const subject = delivery();
    await inbox().claim({ ...subject, receivedAtMs: row.receivedAtMs ?? NOW });
    if (row.replays !== undefined) await replays().setBack(subject.key);
    await progress().complete(subject, 'created');
    await progress().fail(subject, 'REASON');
    expect(await rowOf(subject)).toMatchObject({ state: 'received' });
  });

  test('leaves alone what is not there', async () => {
    await expect(progress().complete(delivery(), 'created')).resolves.toBeUndefined();
  });

  test('finds failed deliveries by time and provider, the oldest first, and sets them back', async () => {
    const [first, second, foreign] = [
      delivery(),
      delivery(),
      delivery({ key: `github#${++keys}`, provider: 'github' }),
    ];
    for (const subject of [first, second, foreign]) await inbox().claim(subject);
    await progress(NOW + 2000).fail(second, 'LATER');
    await progress(NOW + 1000).fail(first, 'SOONER');
    await progress(NOW + 3000).fail(foreign, 'OTHER');
    const since = new Date(NOW);
    expect((await replays().failedSince(since, 'standard')).map(({ key, reason }) => [key, reason])).toEqual([
      [first.key, 'SOONER'],
      [second.key, 'LATER'],
    ]);
    expect((await replays().failedSince(new Date(NOW + 1500))).map(({ key }) => key)).toEqual([
      second.key,
      foreign.key,
    ]);

    expect(await replays().setBack(first.key)).toBe('replayed');
    const row = await rowOf(first);
    expect(row).toMatchObject({ state: 'received', replays: 1 });
    for (const name of ['reason', 'failedAt', 'failedProvider']) expect(row).not.toHaveProperty(name);
    expect((await replays().failedSince(since, 'standard')).map(({ key }) => key)).toEqual([second.key]);
  });

  test('defers a delivery as it was read, and no other', async () => {
    const subject = delivery();
    await inbox().claim(subject);
    await progress().defer(subject, NOW - 5000);
    expect(await rowOf(subject)).toMatchObject({
      state: 'received',
      deferrals: 1,
      waitingSince: '2025-12-31T23:59:55.000Z',
    });
    await progress().defer(subject, NOW);
    await progress().complete(subject, 'created');
    await progress().fail(subject, 'REASON');
    expect(await rowOf(subject)).toMatchObject({ state: 'received', deferrals: 1 });
    await progress().defer({ ...subject, deferrals: 1 }, NOW - 5000);
    await progress().fail({ ...subject, deferrals: 2 }, 'REASON');
    expect(await rowOf(subject)).toMatchObject({ state: 'failed', deferrals: 2 });

    await replays().setBack(subject.key);
    const row = await rowOf(subject);
    expect(row).toMatchObject({ state: 'received', waitingSince: '2026-01-01T00:00:00.000Z' });
    expect(row).not.toHaveProperty('deferrals');
    await progress().complete({ ...subject, replays: 1 }, 'created');
    expect(await rowOf(subject)).toMatchObject({ state: 'done' });
  });

  test('finds what has stayed received in a period, the oldest first', async () => {
    const name = `stuck-${++keys}`;
    const at = (seconds: number): Partial<StoredDelivery> => ({
      provider: name,
      key: `${name}#${++keys}`,
      receivedAtMs: NOW + seconds * 1000,
    });
    const [late, early, before, after, failed, done, deferred, replayed] = [2, 1, -1, 9, 1, 1, 1, -7].map(
      (seconds) => delivery(at(seconds)),
    ) as [StoredDelivery, ...StoredDelivery[]] & Record<number, StoredDelivery>;
    for (const subject of [late, early, before, after, failed, done, deferred, replayed])
      await inbox().claim(subject!);
    await progress().fail(failed!, 'REASON');
    await progress().complete(done!, 'created');
    await progress().defer(deferred!, deferred!.receivedAtMs);
    await replays(NOW + 1500).setBack(replayed!.key);

    const period = { from: new Date(NOW), to: new Date(NOW + 5000) };
    expect(await replays().stuckBetween(period, name)).toEqual([
      { key: early!.key, waitingSince: '2026-01-01T00:00:01.000Z' },
      { key: deferred!.key, waitingSince: '2026-01-01T00:00:01.000Z' },
      { key: replayed!.key, waitingSince: '2026-01-01T00:00:01.500Z' },
      { key: late.key, waitingSince: '2026-01-01T00:00:02.000Z' },
    ]);
    const all = (await replays().stuckBetween(period)).map(({ key }) => key);
    expect(all).toEqual(expect.arrayContaining([early!.key, late.key]));
    expect(all).not.toContain(failed!.key);
  });

  test('keeps what is set back for a week at least, and never for less than it was', async () => {
    const [short, long] = [delivery(), delivery()];
    await inbox().claim(short);
    await inbox(60 * 24 * 3600).claim(long);
    expect(await replays(NOW + 1000).setBack(short.key)).toBe('replayed');
    expect(await replays(NOW + 1000).setBack(long.key)).toBe('replayed');
    expect(await rowOf(short)).toMatchObject({ replays: 1, expiresAt: NOW / 1000 + 1 + RETENTION_SECONDS });
    expect(await rowOf(long)).toMatchObject({ replays: 1, expiresAt: NOW / 1000 + 60 * 24 * 3600 });
  });

  test('has no replay of what is not there', async () => {
    expect(await replays().setBack('standard#nothing')).toBe('missing');
    expect(await replays().has('standard#nothing')).toBe(false);
    const subject = delivery();
    await inbox().claim(subject);
    expect(await replays().has(subject.key)).toBe(true);
  });
});
