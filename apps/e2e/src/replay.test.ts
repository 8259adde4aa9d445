import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { synthesiseDevWith } from './harness/changed-assembly.ts';
import { deliveryRows, putDelivery, type DeliveryRow } from './harness/deliveries-table.ts';
import { listMember, textMember } from './harness/json-members.ts';
import { distFile } from './harness/local-host.ts';
import { startRecordedHost, type RecordedHost } from './harness/recorded-host.ts';
import { signWith } from './harness/standard-webhook.ts';
import { call, unique } from './harness/test-host.ts';

const webhookSecret = `whsec_${randomBytes(24).toString('base64')}`;

describe('a failed delivery', () => {
  let host: RecordedHost;
  let token: string;

  const urlOf = (kind: 'http' | 'rest'): string => host.state.apis.find((api) => api.kind === kind)!.url;
  const run = async (program: string, args: readonly string[]): Promise<string> => {
    const parameters = [distFile(program), '--state', host.stateFile, ...args];
    return (await promisify(execFile)(process.execPath, parameters)).stdout;
  };
  /** `npm run replay`, built. */
  const replay = (...args: string[]): Promise<string> => run('tools/webhook-replay/replay.cjs', args);

  async function send(data: object): Promise<string> {
    const id = unique('msg');
    const body = JSON.stringify({ type: 'user.created', timestamp: new Date().toISOString(), data });
    const receiver = host.state.functionUrls.find(({ authType }) => authType === 'NONE')!;
    const headers = { 'content-type': 'application/json', ...signWith(webhookSecret, { id, body }) };
    const { status } = await fetch(`${receiver.url}/webhooks/standard`, { method: 'POST', headers, body });
    expect(status).toBe(204);
    return `standard#${id}`;
  }

  async function untilWorkedOff(key: string): Promise<DeliveryRow> {
    const deadline = Date.now() + 15_000;
    for (;;) {
      const row = (await deliveryRows(host.state)).find(({ pk }) => pk === key);
      if (row !== undefined && row.state !== 'received') return row;
      if (Date.now() > deadline) throw new Error(`${key} is still ${row?.state ?? 'unknown'}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  interface Listed {
    readonly id: string;
    readonly name: string;
    readonly email: string;
    readonly version: number;
  }
  const usersOf = async (email: string): Promise<readonly Listed[]> => {
    const { json } = await call(`${urlOf('http')}/users?limit=100`, 'GET', { token });
    return (listMember(json, 'items') as readonly Listed[]).filter((user) => user.email === email);
  };

  /** A user who has an address already, and a delivery that wants it: poison until the user is gone. */
  async function poison(
    email: string,
  ): Promise<{ readonly key: string; readonly release: () => Promise<void> }> {
    const holder = { name: 'Holder', email, subject: `https://auth.example/#${unique('holder')}` };
    const created = await call(`${urlOf('http')}/users`, 'POST', { token, json: holder });
    expect(created.status).toBe(201);
    const key = await send({ id: unique('directory|'), email, name: 'Ada' });
    const release = async (): Promise<void> => {
      const headers = { 'if-match': created.headers.get('etag')! };
      const { status } = await call(`${urlOf('http')}/users/${textMember(created.json, 'id')}`, 'DELETE', {
        token,
        headers,
      });
      expect(status).toBe(204);
    };
    return { key, release };
  }

  beforeAll(async () => {
    // An address that is taken fails a delivery when the time to give up has come.
    const assembly = await synthesiseDevWith({ webhook: { giveUpSeconds: 2 } });
    host = await startRecordedHost({ 'gatehouse/dev/webhooks/standard': webhookSecret }, assembly);
    const scope = 'users:read users:write users:admin';
    token = (await run('tools/workspace/token.cjs', ['--sub', unique('admin'), '--scope', scope])).trim();
  }, 60_000);
  afterAll(() => host.stop());

  it('says why, is replayed by its key when the cause is gone, and takes effect once', async () => {
    const email = `${unique('replayed')}@example.com`;
    const { key, release } = await poison(email);
    expect(await untilWorkedOff(key)).toMatchObject({ state: 'failed', reason: 'USERS_EMAIL_TAKEN' });

    expect(await replay('--id', key)).toContain('1 replayed, 0 missing');
    expect(await untilWorkedOff(key)).toMatchObject({ state: 'failed', replays: '1' });

    await release();
    expect(await replay('--id', key)).toContain(`replayed  ${key}\n1 replayed, 0 missing`);
    const row = await untilWorkedOff(key);
    expect(row).toMatchObject({ state: 'done', outcome: 'created', replays: '2' });
    expect(row).not.toHaveProperty('reason');
    expect(await usersOf(email)).toEqual([expect.objectContaining({ name: 'Ada', version: 1 })]);

    expect(await replay('--id', key)).toContain('1 replayed, 0 missing');
    expect(await untilWorkedOff(key)).toMatchObject({ state: 'done', replays: '3' });
    expect(await usersOf(email)).toEqual([expect.objectContaining({ name: 'Ada', version: 1 })]);
  });

  it('is replayed with all that failed since a time, and what was applied is left alone', async () => {
    const emails = [`${unique('first')}@example.com`, `${unique('second')}@example.com`];
    const poisoned = await Promise.all(emails.map(poison));
    const invalid = await send({ email: `${unique('invalid')}@example.com` });
    const applied = await send({
      id: unique('directory|'),
      email: `${unique('applied')}@example.com`,
      name: 'Bob',
    });
    const keys = poisoned.map(({ key }) => key);
    for (const key of keys) {
      expect(await untilWorkedOff(key)).toMatchObject({ state: 'failed', reason: 'USERS_EMAIL_TAKEN' });
    }
    expect(await untilWorkedOff(invalid)).toMatchObject({ state: 'failed', reason: 'WEBHOOK_EVENT_INVALID' });
    expect(await untilWorkedOff(applied)).toMatchObject({ state: 'done' });
    await Promise.all(poisoned.map(({ release }) => release()));

    const rehearsed = await replay('--failed-since', '1h', '--provider', 'standard', '--dry-run');
    expect(rehearsed).toContain('3 would be replayed, 0 missing');
    expect(await untilWorkedOff(keys[0]!)).toMatchObject({ state: 'failed', replays: '0' });
    expect(await replay('--failed-since', '1h', '--provider', 'another')).toContain('0 replayed');

    const output = await replay('--failed-since', '1h');
    expect(output).toContain('3 replayed, 0 missing');
    expect(output).not.toContain(applied);
    for (const key of keys)
      expect(await untilWorkedOff(key)).toMatchObject({ state: 'done', outcome: 'created' });
    expect(await untilWorkedOff(invalid)).toMatchObject({
      state: 'failed',
      reason: 'WEBHOOK_EVENT_INVALID',
      replays: '1',
    });
    for (const email of emails)
      expect(await usersOf(email)).toEqual([expect.objectContaining({ name: 'Ada' })]);
    expect(await untilWorkedOff(applied)).toMatchObject({ replays: '0' });
  });

  it('is told from one that is stuck, which is found by the time that it waits', async () => {
    const key = `standard#${unique('stuck')}`;
    const receivedAt = { S: new Date(Date.now() - 60_000).toISOString() };
    // A row that the processor leaves as it is, as one of which the stream brings no record.
    const item = { pk: { S: key }, state: { S: 'received' }, provider: { S: 'standard' }, receivedAt };
    await putDelivery({ ...item, replays: { N: '0' }, expiresAt: { N: '9999999999' } }, host.state);

    const rehearsed = await replay('--stuck-since', '1h', '--provider', 'standard', '--dry-run');
    expect(rehearsed).toContain(
      `would be replayed  ${key}  received since ${receivedAt.S}\n1 would be replayed`,
    );
    expect(await replay('--stuck-since', '1h')).toContain('1 replayed, 0 missing');
    const rows = await deliveryRows(host.state);
    expect(rows.find(({ pk }) => pk === key)).toMatchObject({ state: 'received', replays: '1' });
  });

  it('that is not there any more makes the command say so and end with 1', async () => {
    await expect(replay('--id', 'standard#gone', '--dry-run')).rejects.toMatchObject({ code: 1 });
    await expect(replay('--id', 'standard#gone')).rejects.toMatchObject({
      code: 1,
      stdout: expect.stringContaining('0 replayed, 1 missing'),
    });
  });
});
