import { inspect } from 'node:util';
import { DeliveryWorld, userEvent, type Sent } from './testing/delivery-world.ts';
import { FaultPlan, type FaultMode } from './testing/fault-plan.ts';
import type { Answer } from './testing/memory-users-api.ts';

const created = userEvent('user.created', '2026-11-22T10:00:00Z', {
  id: 'd|1',
  email: 'a@example.com',
  name: 'A',
});
const updated = userEvent('user.updated', '2026-11-22T11:00:00Z', {
  id: 'd|1',
  email: 'b@example.com',
  name: 'B',
});
const deleted = userEvent('user.deleted', '2026-11-22T12:00:00Z', { id: 'd|1' });
const other = userEvent('user.created', '2026-11-22T10:30:00Z', {
  id: 'd|2',
  email: 'c@example.com',
  name: 'C',
});

interface Scenario {
  readonly sent: readonly Sent[];
  readonly users: Record<string, string>;
}

const SCENARIOS: Record<string, Scenario> = {
  'one delivery': { sent: [{ id: 'm1', body: created }], users: { 'd|1': 'a@example.com' } },
  'the same delivery twice': {
    sent: [
      { id: 'm1', body: created },
      { id: 'm1', body: created },
    ],
    users: { 'd|1': 'a@example.com' },
  },
  'events in order': {
    sent: [
      { id: 'm1', body: created },
      { id: 'm2', body: updated },
      { id: 'm3', body: other },
    ],
    users: { 'd|1': 'b@example.com', 'd|2': 'c@example.com' },
  },
  'a late event': {
    sent: [
      { id: 'm2', body: updated },
      { id: 'm1', body: created },
    ],
    users: { 'd|1': 'b@example.com' },
  },
  'a user created and deleted within one second': {
    sent: [
      { id: 'm1', body: created },
      { id: 'm2', body: userEvent('user.deleted', '2026-11-22T10:00:00.000Z', { id: 'd|1' }) },
    ],
    users: {},
  },
  'two changes of one moment': {
    sent: [
      { id: 'm2', body: created },
      { id: 'm1', body: updated.replace('T11:00:00Z', 'T10:00:00Z') },
    ],
    users: { 'd|1': 'b@example.com' },
  },
  'two changes within a millisecond': {
    sent: [
      { id: 'm1', body: created.replace('00Z', '00.123100Z') },
      { id: 'm2', body: updated.replace('T11:00:00Z', 'T10:00:00.123900Z') },
    ],
    users: { 'd|1': 'b@example.com' },
  },
  'a deletion before its creation': {
    sent: [
      { id: 'm3', body: deleted },
      { id: 'm1', body: created },
      { id: 'm2', body: updated },
    ],
    users: {},
  },
};

async function play({ sent }: Scenario, faults: FaultPlan): Promise<DeliveryWorld> {
  const world = new DeliveryWorld(faults);
  for (const delivery of sent) await world.send(delivery);
  await world.drain();
  return world;
}

describe.each(Object.entries(SCENARIOS))('%s', (_name, scenario) => {
  test('has its effect, once', async () => {
    const world = await play(scenario, new FaultPlan());
    expect(world.users.users()).toEqual(scenario.users);
    expect(new Set(world.states())).toEqual(new Set(['done']));
    expect(world.statuses).toEqual(scenario.sent.map(() => 204));
  });

  test('has the same effect when the stream brings it the other way round', async () => {
    const world = new DeliveryWorld();
    for (const delivery of scenario.sent) await world.send(delivery);
    world.table.stream.reverse();
    await world.drain();
    expect(world.users.users()).toEqual(scenario.users);
  });

  test.each<FaultMode>(['before', 'after'])(
    'has the same effect, once, when any one call of a dependency fails (%s it took effect)',
    async (mode) => {
      const plan = new FaultPlan();
      const whole = await play(scenario, plan);
      expect(plan.calls).toBeGreaterThan(3);
      for (let failAt = 1; failAt <= plan.calls + 2; failAt++) {
        const world = await play(scenario, new FaultPlan(failAt, mode));
        expect({ failAt, users: world.users.users() }).toEqual({ failAt, users: scenario.users });
        expect({ failAt, effects: world.users.effects }).toEqual({ failAt, effects: whole.users.effects });
        expect({ failAt, states: world.states() }).toEqual({ failAt, states: whole.states() });
        expect(world.statuses.filter((status) => status !== 204 && status !== 503)).toEqual([]);
        expect(world.table.stream).toEqual([]);
      }
    },
  );
});

test('a hundred deliveries of one id at once have one effect, and each is acknowledged', async () => {
  const world = new DeliveryWorld();
  await Promise.all(Array.from({ length: 100 }, async () => world.send({ id: 'm1', body: created })));
  await world.drain();
  expect(new Set(world.statuses)).toEqual(new Set([204]));
  expect(world.users.effects).toBe(1);
  expect(world.table.rows.size).toBe(1);
});

describe('the users API', () => {
  test('that is down for a while is asked again until the event is applied', async () => {
    const world = new DeliveryWorld();
    world.users.answer = { status: 503, code: 'USERS_STORE_UNAVAILABLE' };
    await world.send({ id: 'm1', body: created });
    await world.drain(20);
    expect([world.states(), world.users.effects]).toEqual([['received'], 0]);
    world.users.answer = undefined;
    await world.drain();
    expect([world.states(), world.users.effects]).toEqual([['done'], 1]);
  });

  test('that is down for longer leaves a failed row, which holds up nothing and can be replayed', async () => {
    const world = new DeliveryWorld(new FaultPlan(), 10);
    world.users.answer = { status: 503, code: 'USERS_STORE_UNAVAILABLE' };
    await world.send({ id: 'm1', body: created });
    await world.drain();
    const [row] = [...world.table.rows.values()];
    expect(row).toMatchObject({
      state: 'failed',
      reason: 'WEBHOOK_USERS_API_UNAVAILABLE',
      failedProvider: 'standard',
    });
    world.users.answer = undefined;
    world.table.setBack('standard#m1');
    await world.drain();
    expect([world.states(), world.users.users()]).toEqual([['done'], { 'd|1': 'a@example.com' }]);
  });

  test.each([401, 403])(
    'that answers %i blames our permissions: the delivery is kept, not failed',
    async (status) => {
      const world = new DeliveryWorld();
      world.users.answer = { status, code: 'HTTP_INTERNAL_ONLY' };
      await world.send({ id: 'm1', body: created });
      await world.drain(5);
      expect(world.states()).toEqual(['received']);
    },
  );

  test('that refuses the event for good makes it failed, with the API’s reason', async () => {
    const world = new DeliveryWorld();
    world.users.answer = { status: 400, code: 'USERS_EVENT_AHEAD' };
    await world.send({ id: 'm1', body: created });
    await world.drain(1);
    expect(world.rows()).toMatchObject([{ state: 'failed', reason: 'USERS_EVENT_AHEAD' }]);
    expect(world.table.stream).toEqual([]);
  });

  test.each<[Answer, string]>([
    [{ status: 404 }, 'USERS_API_404'],
    [{ status: 404, code: 'HTTP_NOT_FOUND' }, 'HTTP_NOT_FOUND'],
  ])(
    'that is not where it should be (%p) fails no delivery before the time is over',
    async (answer, reason) => {
      const world = new DeliveryWorld(new FaultPlan(), 60);
      world.users.answer = answer;
      await world.send({ id: 'm1', body: created });
      await world.send({ id: 'm2', body: other });
      await world.drain(20);
      expect(world.states()).toEqual(['received', 'received']);
      await world.drain();
      expect(world.rows()).toMatchObject([
        { state: 'failed', reason },
        { state: 'failed', reason },
      ]);
    },
  );
});

describe('a poison delivery', () => {
  test.each([
    ['no type', '{}'],
    ['a list', '[]'],
    ['a number', '1'],
    ['no data', userEvent('user.created', '2026-11-22T10:00:00Z', undefined as never)],
    ['no email', userEvent('user.created', '2026-11-22T10:00:00Z', { id: 'd|1', name: 'A' })],
    ['an id that is no text', userEvent('user.deleted', '2026-11-22T10:00:00Z', { id: 1 })],
    ['an empty id', userEvent('user.deleted', '2026-11-22T10:00:00Z', { id: '' })],
    ['no timestamp', '{"type":"user.deleted","data":{"id":"d|1"}}'],
  ])('(%s) is acknowledged, failed with its reason, and not tried again', async (_what, body) => {
    const world = new DeliveryWorld();
    expect(await world.send({ id: 'm1', body })).toBe(204);
    await world.drain(1);
    expect([...world.table.rows.values()][0]).toMatchObject({
      state: 'failed',
      reason: 'WEBHOOK_EVENT_INVALID',
    });
    expect(world.table.stream).toEqual([]);
  });

  test('does not hold up those behind it', async () => {
    const world = new DeliveryWorld();
    await world.send({ id: 'm1', body: '{}' });
    await world.send({ id: 'm2', body: other });
    await world.drain(1);
    expect(world.states()).toEqual(['failed', 'done']);
  });
});

test('an event behind a byte order mark takes effect as any other', async () => {
  const world = new DeliveryWorld();
  expect(await world.send({ id: 'm1', body: `\ufeff${created}` })).toBe(204);
  await world.drain();
  expect([world.states(), world.users.users()]).toEqual([['done'], { 'd|1': 'a@example.com' }]);
});

test('an event of another type is kept and done', async () => {
  const world = new DeliveryWorld();
  await world.send({ id: 'm1', body: userEvent('invoice.paid', '2026-11-22T10:00:00Z', {}) });
  await world.drain();
  expect([...world.table.rows.values()][0]).toMatchObject({ state: 'done', outcome: 'ignored' });
});

test('a replay of what was done changes nothing', async () => {
  const world = new DeliveryWorld();
  await world.send({ id: 'm1', body: created });
  await world.drain();
  world.table.setBack('standard#m1');
  await world.drain();
  expect([...world.table.rows.values()][0]).toMatchObject({ state: 'done', outcome: 'superseded' });
  expect(world.users.effects).toBe(1);
});

test('a record from before a replay does not end the replayed delivery', async () => {
  const world = new DeliveryWorld();
  await world.send({ id: 'm1', body: created });
  const [stale] = world.table.stream;
  await world.drain();
  world.table.setBack('standard#m1');
  const [replayed] = world.table.stream.splice(0);
  world.table.stream.push(stale!);
  await world.drain();
  expect(world.states()).toEqual(['received']);
  world.table.stream.push(replayed!);
  await world.drain();
  expect(world.states()).toEqual(['done']);
});

test('nothing that a sender wrote stands in a log line or a metric', async () => {
  const canaries = {
    id: 'd|canary',
    email: 'canary@example.com',
    name: 'Canary Name',
    subject: 'iss#canary',
  };
  const world = new DeliveryWorld();
  const body = userEvent('user.created', '2026-11-22T10:00:00Z', canaries);
  await world.send({ id: 'm1', body });
  world.users.answer = { status: 503, code: 'USERS_STORE_UNAVAILABLE' };
  await world.drain(3);
  world.users.answer = { status: 409, code: 'canary@example.com' };
  await world.drain(3);
  world.users.answer = { status: 400, code: 'canary@example.com' };
  await world.drain(3);
  const said = inspect(world.invocations, { depth: 20, showHidden: true });
  expect(said).toContain('standard#m1');
  expect(said).not.toMatch(/canary/i);
  expect([...world.table.rows.values()][0]).toMatchObject({ reason: 'USERS_API_400' });
});
