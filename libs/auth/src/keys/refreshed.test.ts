import { createRefreshed } from './refreshed.ts';

const POLICY = { maxAgeMs: 100, maxStaleMs: 1_000, cooldownMs: 30, retryMs: 5 };

/** A source that counts its loads and fails when told to. */
function createSource() {
  const source = {
    nowMs: 10_000,
    takesMs: 0,
    loads: 0,
    error: undefined as Error | undefined,
    befores: [] as unknown[],
  };
  const refreshed = createRefreshed<string>(
    async (before) => {
      source.loads += 1;
      source.befores.push(before);
      await Promise.resolve();
      source.nowMs += source.takesMs;
      if (source.error !== undefined) throw source.error;
      return `value-${source.loads}`;
    },
    POLICY,
    () => source.nowMs,
  );
  return { source, refreshed };
}

describe('createRefreshed', () => {
  it('loads once for all who ask at once', async () => {
    const { source, refreshed } = createSource();
    await Promise.all([refreshed.get(), refreshed.get(), refreshed.refresh()]);
    expect(source.loads).toBe(1);
  });

  it('holds a value until its age is reached, then loads again and is told the value before', async () => {
    const { source, refreshed } = createSource();
    expect(await refreshed.get()).toBe('value-1');
    source.nowMs += 99;
    expect(await refreshed.get()).toBe('value-1');
    expect(refreshed.peek()).toBe('value-1');
    source.nowMs += 1;
    expect(refreshed.peek()).toBeUndefined();
    expect(await refreshed.get()).toBe('value-2');
    expect(source.befores).toEqual([undefined, 'value-1']);
  });

  it('has nothing to show before it has loaded', async () => {
    const { source, refreshed } = createSource();
    expect(refreshed.peek()).toBeUndefined();
    source.error = new Error('down');
    await expect(refreshed.get()).rejects.toThrow('down');
    expect(refreshed.peek()).toBeUndefined();
  });

  it('refreshes a fresh value at most once per cool-down', async () => {
    const { source, refreshed } = createSource();
    await refreshed.get();
    source.nowMs += 29;
    expect(await refreshed.refresh()).toBe('value-1');
    source.nowMs += 1;
    expect(await refreshed.refresh()).toBe('value-2');
    expect(await refreshed.refresh()).toBe('value-2');
    expect(source.loads).toBe(2);
  });

  it('serves the old value while loads fail, asking again after each cool-down, until it is too old', async () => {
    const { source, refreshed } = createSource();
    await refreshed.get();
    source.error = new Error('down');
    source.nowMs += 500;
    expect(await refreshed.get()).toBe('value-1');
    expect(await refreshed.get()).toBe('value-1');
    expect(source.loads).toBe(2);
    source.nowMs += 30;
    expect(await refreshed.get()).toBe('value-1');
    expect(source.loads).toBe(3);
    source.nowMs += 469;
    expect(await refreshed.get()).toBe('value-1');
    source.nowMs += 1;
    await expect(refreshed.get()).rejects.toThrow('down');
  });

  it.each(['get', 'refresh'] as const)(
    'tries again soon, by %s, while nothing was ever loaded, but not at once',
    async (ask) => {
      const { source, refreshed } = createSource();
      source.error = new Error('down');
      await expect(refreshed.get()).rejects.toThrow('down');
      source.nowMs += 4;
      await expect(refreshed.get()).rejects.toThrow('down');
      await expect(refreshed.refresh()).rejects.toThrow('down');
      expect(source.loads).toBe(1);
      source.nowMs += 1;
      source.error = undefined;
      expect(await refreshed[ask]()).toBe('value-2');
    },
  );

  it('tries again soon while what is held is too old, counted from the end of a load that took long', async () => {
    const { source, refreshed } = createSource();
    await refreshed.get();
    source.nowMs += 1_000;
    source.error = new Error('down');
    source.takesMs = 50;
    await expect(refreshed.get()).rejects.toThrow('down');
    source.nowMs += 4;
    await expect(refreshed.get()).rejects.toThrow('down');
    expect(source.loads).toBe(2);
    source.nowMs += 1;
    source.error = undefined;
    expect(await refreshed.get()).toBe('value-3');
  });

  it('cools down as long as ever from a success, so that first unknown tokens do not bring looks', async () => {
    const { source, refreshed } = createSource();
    source.error = new Error('down');
    await expect(refreshed.get()).rejects.toThrow('down');
    source.nowMs += 5;
    source.error = undefined;
    await refreshed.get();
    source.nowMs += 29;
    expect(await refreshed.refresh()).toBe('value-2');
    expect(source.loads).toBe(2);
  });

  it('rejects a refresh whose load fails, and those that cool down from it, while the held value still serves', async () => {
    const { source, refreshed } = createSource();
    await refreshed.get();
    source.error = new Error('down');
    source.nowMs += 30;
    await expect(refreshed.refresh()).rejects.toThrow('down');
    expect(await refreshed.get()).toBe('value-1');
    source.nowMs += 29;
    await expect(refreshed.refresh()).rejects.toThrow('down');
    expect(source.loads).toBe(2);
    source.nowMs += 1;
    source.error = undefined;
    expect(await refreshed.refresh()).toBe('value-3');
  });

  it('rejects a refresh while it cools down from a load that was due by age', async () => {
    const { source, refreshed } = createSource();
    await refreshed.get();
    source.error = new Error('down');
    source.nowMs += 100;
    expect(await refreshed.get()).toBe('value-1');
    await expect(refreshed.refresh()).rejects.toThrow('down');
    expect(source.loads).toBe(2);
  });

  it('loads an expired value again whatever its age and the cool-down, and serves it while that fails', async () => {
    const { source, refreshed } = createSource();
    await refreshed.get();
    refreshed.expire();
    expect(refreshed.peek()).toBeUndefined();
    expect(await refreshed.get()).toBe('value-2');
    refreshed.expire();
    expect(await refreshed.refresh()).toBe('value-3');
    refreshed.expire();
    source.error = new Error('down');
    expect(await refreshed.get()).toBe('value-3');
    await expect(refreshed.refresh()).rejects.toThrow('down');
    expect(source.loads).toBe(4);
  });

  it('leaves a value that has expired already as old as it is', async () => {
    const { source, refreshed } = createSource();
    refreshed.expire();
    await refreshed.get();
    source.nowMs += 999;
    refreshed.expire();
    source.error = new Error('down');
    expect(await refreshed.get()).toBe('value-1');
    source.nowMs += 1;
    await expect(refreshed.get()).rejects.toThrow('down');
  });

  it('serves a fresh value at once while a refresh is under way', async () => {
    const { source, refreshed } = createSource();
    await refreshed.get();
    source.nowMs += 50;
    const order: string[] = [];
    await Promise.all([
      refreshed.refresh().then((value) => order.push(`refresh ${value}`)),
      refreshed.get().then((value) => order.push(`get ${value}`)),
    ]);
    expect(order).toEqual(['get value-1', 'refresh value-2']);
  });

  it('has a refresh wait for the load that is under way', async () => {
    const { source, refreshed } = createSource();
    await refreshed.get();
    source.nowMs += 50;
    expect(await Promise.all([refreshed.refresh(), refreshed.refresh()])).toEqual(['value-2', 'value-2']);
    expect(source.loads).toBe(2);
  });

  it('recovers from a failure: the next load’s value is fresh', async () => {
    const { source, refreshed } = createSource();
    await refreshed.get();
    source.error = new Error('down');
    source.nowMs += 100;
    await refreshed.get();
    source.error = undefined;
    source.nowMs += 30;
    expect(await refreshed.get()).toBe('value-3');
    expect(refreshed.peek()).toBe('value-3');
  });
});
