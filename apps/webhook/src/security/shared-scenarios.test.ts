import { DeliveryWorld, userEvent } from '../testing/delivery-world.ts';
import { FaultPlan } from '../testing/fault-plan.ts';
import { readSharedWebhookCases } from '../testing/shared-cases.ts';

const sent = {
  id: 'm1',
  body: userEvent('user.created', '2026-11-22T10:00:00Z', { id: 'd|1', email: 'a@example.com', name: 'A' }),
};
const RETENTION_MS = 604_800_000;
const DOWN = { status: 503, code: 'USERS_STORE_UNAVAILABLE' };

/** What every scenario comes to: one row, whose one effect the users API has. */
function expectOneEffect(world: DeliveryWorld): void {
  expect(world.states()).toEqual(['done']);
  expect(world.users.effects).toBe(1);
  expect(world.users.users()).toEqual({ 'd|1': 'a@example.com' });
}

/** Both functions between a sender and the users API, by the scenario that is played. */
const RUNS: Readonly<Record<string, () => Promise<void>>> = {
  'replay-same-id': async () => {
    const world = new DeliveryWorld();
    const request = world.sign(sent);
    expect([await world.post(request), await world.post(request)]).toMatchObject([
      { statusCode: 204 },
      { statusCode: 204 },
    ]);
    await world.drain();
    expectOneEffect(world);
  },

  'replay-concurrent-100': async () => {
    const world = new DeliveryWorld();
    const request = world.sign(sent);
    const answers = await Promise.all(Array.from({ length: 100 }, async () => world.post(request)));
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([204]));
    await world.drain();
    expectOneEffect(world);
  },

  'replay-after-ttl': async () => {
    const world = new DeliveryWorld();
    const request = world.sign(sent);
    await world.post(request);
    await world.drain();
    world.nowMs += RETENTION_MS + 1000;
    world.table.rows.clear();
    expect((await world.post(request)).statusCode).toBe(401);
    expect(world.table.rows.size).toBe(0);
    expect(world.users.effects).toBe(1);
  },

  'ttl-not-yet-deleted': async () => {
    const world = new DeliveryWorld();
    await world.send(sent);
    await world.drain();
    world.nowMs += RETENTION_MS + 1000;
    expect(await world.send(sent)).toBe(204);
    expect(world.rows()).toMatchObject([
      { state: 'received', receivedAt: new Date(world.nowMs).toISOString() },
    ]);
    await world.drain();
    // The users API knows the event for good.
    expect(world.rows()).toMatchObject([{ state: 'done', outcome: 'superseded' }]);
    expectOneEffect(world);
  },

  'store-down': async () => {
    const world = new DeliveryWorld();
    world.table.isDown = true;
    expect(await world.post(world.sign(sent))).toMatchObject({
      statusCode: 503,
      headers: { 'retry-after': '10' },
    });
    expect([world.table.rows.size, world.users.effects]).toEqual([0, 0]);
    world.table.isDown = false;
    expect(await world.send(sent)).toBe(204);
    await world.drain();
    expectOneEffect(world);
  },

  'processor-down': async () => {
    const world = new DeliveryWorld(new FaultPlan(), 30);
    world.users.answer = DOWN;
    await world.send(sent);
    await world.drain(10);
    expect(world.states()).toEqual(['received']);
    await world.drain();
    expect(world.states()).toEqual(['failed']);
    world.users.answer = undefined;
    world.table.setBack('standard#m1');
    await world.drain();
    expectOneEffect(world);
    world.table.setBack('standard#m1');
    await world.drain();
    expectOneEffect(world);
  },

  'crash-mid': async () => {
    const reads = new FaultPlan();
    await new DeliveryWorld(reads).post({});
    // The put comes next after what a request without a signature causes.
    const world = new DeliveryWorld(new FaultPlan(reads.calls + 1, 'after'));
    expect(await world.send(sent)).toBe(204);
    expect(world.statuses).toEqual([503, 204]);
    await world.drain();
    expectOneEffect(world);
  },

  poison: async () => {
    const world = new DeliveryWorld();
    expect(await world.send({ id: 'm1', body: '{"type":"user.created"}' })).toBe(204);
    await world.drain(1);
    expect(world.rows()).toMatchObject([{ state: 'failed', reason: 'WEBHOOK_EVENT_INVALID' }]);
    expect(world.table.stream).toEqual([]);
  },

  'too-big': async () => {
    const calls = new FaultPlan();
    const world = new DeliveryWorld(calls);
    const body = ' '.repeat(256 * 1024 + 1);
    expect((await world.post(world.sign({ id: 'm1', body }))).statusCode).toBe(413);
    // No key was read, so that nothing was computed.
    expect(calls.calls).toBe(0);
  },

  'method-get': async () => {
    const world = new DeliveryWorld();
    const answer = await world.post({ ...world.sign(sent), method: 'GET' });
    expect(answer).toMatchObject({ statusCode: 405, headers: { allow: 'POST' } });
    expect(world.table.rows.size).toBe(0);
  },

  'base64-flag': async () => {
    for (const [suffix, status] of [
      ['', 204],
      [' ', 401],
    ] as const) {
      const world = new DeliveryWorld();
      const request = world.sign(sent);
      for (const base64 of [true, false]) {
        const answer = await world.post({ ...request, body: sent.body + suffix, base64 });
        expect(answer.statusCode).toBe(status);
      }
    }
  },
};

const shared = readSharedWebhookCases('the shared delivery scenarios');
const scenarios = shared?.deliveryScenarios ?? [];

(shared === undefined ? describe.skip : describe)('the shared delivery scenarios', () => {
  test('are those that have a run, each by its id', () => {
    expect(scenarios.map(({ id }) => id).sort()).toEqual(Object.keys(RUNS).sort());
  });

  test.each(scenarios.map(({ id, input, expected }) => [id, input, expected] as const))(
    '%s: %s. %s',
    async (id) => {
      await RUNS[id]!();
    },
  );
});
