import { DeliveryWorld, userEvent } from './testing/delivery-world.ts';
import { FaultPlan, type FaultMode } from './testing/fault-plan.ts';

const other = userEvent('user.created', '2026-11-22T10:30:00Z', {
  id: 'd|2',
  email: 'c@example.com',
  name: 'C',
});

describe('an event that wants what another user still has', () => {
  const holds = userEvent('user.created', '2026-11-22T10:00:00Z', {
    id: 'd|9',
    email: 'c@example.com',
    name: 'Holder',
  });
  const givesUp = userEvent('user.updated', '2026-11-22T10:01:00Z', {
    id: 'd|9',
    email: 'freed@example.com',
    name: 'Holder',
  });

  test('is applied when that one’s event is worked on later', async () => {
    const world = new DeliveryWorld();
    await world.send({ id: 'm1', body: holds });
    await world.drain();
    await world.send({ id: 'm2', body: givesUp });
    await world.send({ id: 'm3', body: other });
    world.table.stream.reverse();
    await world.drain();
    expect(world.users.users()).toEqual({ 'd|9': 'freed@example.com', 'd|2': 'c@example.com' });
    expect(world.states()).toEqual(['done', 'done', 'done']);
  });

  test('lets all pass that stand behind it, be they ever so many', async () => {
    const world = new DeliveryWorld();
    await world.send({ id: 'm1', body: holds });
    await world.drain();
    await world.send({ id: 'm2', body: other });
    for (let index = 0; index < 30; index++) {
      const data = { id: `d|1${index}`, email: `e${index}@example.com`, name: 'E' };
      await world.send({ id: `m1${index}`, body: userEvent('user.created', '2026-11-22T10:00:00Z', data) });
    }
    await world.send({ id: 'm3', body: givesUp });
    await world.drain(6);
    expect(world.users.users()).toMatchObject({ 'd|9': 'freed@example.com', 'd|2': 'c@example.com' });
    expect(new Set(world.states())).toEqual(new Set(['done']));
  });

  test('is tried for as long as any, is rewritten every ten seconds at most, and then failed with the API’s reason', async () => {
    const world = new DeliveryWorld(new FaultPlan(), 60);
    await world.send({ id: 'm1', body: holds });
    await world.drain();
    await world.send({ id: 'm2', body: other });
    const startedMs = world.nowMs;
    await world.drain(50);
    expect(world.states()).toEqual(['done', 'received']);
    expect(world.rows()[1]).toMatchObject({ deferrals: 5 });
    await world.drain(20);
    expect(world.rows()[1]).toMatchObject({ state: 'failed', reason: 'USERS_EMAIL_TAKEN' });
    expect(world.nowMs - startedMs).toBeLessThan(65_000);
    expect(world.table.stream).toEqual([]);
  });

  test.each<FaultMode>(['before', 'after'])(
    'is applied once, whatever call of a dependency fails (%s it took effect)',
    async (mode) => {
      const run = async (faults: FaultPlan): Promise<DeliveryWorld> => {
        const world = new DeliveryWorld(faults);
        await world.send({ id: 'm1', body: holds });
        await world.drain();
        await world.send({ id: 'm3', body: other });
        await world.drain(3);
        await world.send({ id: 'm2', body: givesUp });
        await world.drain();
        return world;
      };
      const plan = new FaultPlan();
      const whole = await run(plan);
      for (let failAt = 1; failAt <= plan.calls + 2; failAt++) {
        const world = await run(new FaultPlan(failAt, mode));
        expect({ failAt, users: world.users.users() }).toEqual({ failAt, users: whole.users.users() });
        expect({ failAt, effects: world.users.effects }).toEqual({ failAt, effects: 3 });
        expect({ failAt, states: world.states() }).toEqual({ failAt, states: ['done', 'done', 'done'] });
      }
    },
  );

  test('is written to the end of the stream by one of two records of it alone', async () => {
    const world = new DeliveryWorld();
    await world.send({ id: 'm1', body: holds });
    await world.drain();
    await world.send({ id: 'm2', body: other });
    world.table.stream.push(...world.table.stream);
    await world.drain(1);
    expect(world.table.stream).toHaveLength(1);
  });

  test('is tried anew, for as long, after a replay', async () => {
    const world = new DeliveryWorld(new FaultPlan(), 30);
    await world.send({ id: 'm1', body: holds });
    await world.drain();
    await world.send({ id: 'm2', body: other });
    await world.drain(100);
    expect(world.states()).toEqual(['done', 'failed']);
    world.table.setBack('standard#m2');
    await world.drain(20);
    expect(world.states()).toEqual(['done', 'received']);
    await world.send({ id: 'm3', body: givesUp });
    await world.drain();
    expect(world.states()).toEqual(['done', 'done', 'done']);
  });
});
