import { createSecretCache, type SecretCache } from './secret-cache.ts';
import type { SecretVersion } from './secret-store.ts';

let nowMs: number;
let reads: number;
let stored: SecretVersion | undefined | Error;
let cache: SecretCache;

beforeEach(() => {
  nowMs = 1_000_000;
  reads = 0;
  stored = { value: 'one', versionId: 'v1' };
  cache = createSecretCache({
    read: async () => {
      reads++;
      await Promise.resolve();
      if (stored instanceof Error) throw stored;
      return stored;
    },
    ttlSeconds: 300,
    staleSeconds: 600,
    pauseSeconds: 5,
    clock: () => nowMs,
  });
});

const later = (seconds: number): void => {
  nowMs += seconds * 1_000;
};

describe('createSecretCache', () => {
  it('reads once within the time to live', async () => {
    await cache.get('a');
    later(299);
    expect(await cache.get('a')).toEqual({ value: 'one', versionId: 'v1' });
    expect(reads).toBe(1);
  });

  it('reads again after it', async () => {
    await cache.get('a');
    stored = { value: 'two', versionId: 'v2' };
    later(300);
    expect(await cache.get('a')).toMatchObject({ value: 'two' });
    expect(reads).toBe(2);
  });

  it('shares one read among callers at the same time', async () => {
    await Promise.all(Array.from({ length: 20 }, () => cache.get('a')));
    expect(reads).toBe(1);
  });

  it('keeps names and stages apart', async () => {
    await cache.get('a');
    await cache.get('a', { versionStage: 'AWSPREVIOUS' });
    await cache.get('b');
    expect(reads).toBe(3);
  });

  it('keeps that there is no such version, too', async () => {
    stored = undefined;
    expect(await cache.get('a', { versionStage: 'AWSPREVIOUS' })).toBeUndefined();
    expect(await cache.get('a', { versionStage: 'AWSPREVIOUS' })).toBeUndefined();
    expect(reads).toBe(1);
  });

  it('throws what the store throws when nothing is known, and asks again', async () => {
    stored = new Error('down');
    await expect(cache.get('a')).rejects.toThrow('down');
    stored = { value: 'one', versionId: 'v1' };
    expect(await cache.get('a')).toMatchObject({ value: 'one' });
  });

  it('gives what it has while the store is down, and leaves the store alone for a while', async () => {
    await cache.get('a');
    stored = new Error('down');
    later(400);
    expect(await cache.get('a')).toMatchObject({ value: 'one' });
    expect(await cache.get('a')).toMatchObject({ value: 'one' });
    expect(reads).toBe(2);
    later(5);
    expect(await cache.get('a')).toMatchObject({ value: 'one' });
    expect(reads).toBe(3);
  });

  it('gives no value that is older than both times together', async () => {
    await cache.get('a');
    stored = new Error('down');
    later(900);
    await expect(cache.get('a')).rejects.toThrow('down');
  });

  it('recovers when the store does', async () => {
    await cache.get('a');
    stored = new Error('down');
    later(400);
    await cache.get('a');
    stored = { value: 'two', versionId: 'v2' };
    later(6);
    expect(await cache.get('a')).toMatchObject({ value: 'two' });
  });
});

describe('refresh', () => {
  it('asks the store after a rotation', async () => {
    await cache.get('a');
    stored = { value: 'two', versionId: 'v2' };
    later(10);
    expect(await cache.refresh('a', 'v1')).toEqual({ value: 'two', versionId: 'v2' });
    expect(await cache.get('a')).toMatchObject({ value: 'two' });
    expect(reads).toBe(2);
  });

  it('gives what another caller has refreshed already', async () => {
    await cache.get('a');
    stored = { value: 'two', versionId: 'v2' };
    later(10);
    await cache.refresh('a', 'v1');
    expect(await cache.refresh('a', 'v1')).toMatchObject({ value: 'two' });
    expect(reads).toBe(2);
  });

  it('throws when the store cannot say, though a value is kept, and leaves the store alone for a while', async () => {
    await cache.get('a');
    stored = new Error('down');
    later(10);
    await expect(cache.refresh('a', 'v1')).rejects.toThrow('down');
    expect(await cache.get('a')).toMatchObject({ value: 'one' });
    later(4);
    await expect(cache.refresh('a', 'v1')).rejects.toThrow('down');
    expect(reads).toBe(2);
    later(1);
    stored = { value: 'two', versionId: 'v2' };
    expect(await cache.refresh('a', 'v1')).toMatchObject({ value: 'two' });
    expect(await cache.refresh('a', 'v2')).toMatchObject({ value: 'two' });
  });

  it('throws as well when the read that failed a moment ago was due by age', async () => {
    await cache.get('a');
    stored = new Error('down');
    later(400);
    expect(await cache.get('a')).toMatchObject({ value: 'one' });
    await expect(cache.refresh('a', 'v1')).rejects.toThrow('down');
    expect(reads).toBe(2);
  });

  it('does not let forged signatures make it ask again and again', async () => {
    await cache.get('a');
    for (let attempt = 0; attempt < 100; attempt++) await cache.refresh('a', 'v1');
    expect(reads).toBe(1);
    later(5);
    for (let attempt = 0; attempt < 100; attempt++) await cache.refresh('a', 'v1');
    expect(reads).toBe(2);
  });

  it('throws what the store throws, and goes on doing so until it asks again', async () => {
    await cache.get('a');
    later(10);
    const value = stored;
    stored = new Error('down');
    await expect(cache.refresh('a', 'v1')).rejects.toThrow('down');
    stored = value;
    await expect(cache.refresh('a', 'v1')).rejects.toThrow('down');
    expect(reads).toBe(2);
    later(5);
    expect(await cache.refresh('a', 'v1')).toEqual({ value: 'one', versionId: 'v1' });
    expect(reads).toBe(3);
  });

  it('leaves the value that is kept to those who only read it, while the store is down', async () => {
    await cache.get('a');
    later(10);
    stored = new Error('down');
    await expect(cache.refresh('a', 'v1')).rejects.toThrow('down');
    expect(await cache.get('a')).toMatchObject({ value: 'one' });
    later(400);
    expect(await cache.get('a')).toMatchObject({ value: 'one' });
    await expect(cache.refresh('a', 'v1')).rejects.toThrow('down');
  });

  it('still gives what is newer than the one that was seen, when a look has failed since', async () => {
    await cache.get('a');
    stored = { value: 'two', versionId: 'v2' };
    later(10);
    await cache.refresh('a', 'v1');
    stored = new Error('down');
    later(10);
    await expect(cache.refresh('a', 'v2')).rejects.toThrow('down');
    expect(await cache.refresh('a', 'v1')).toMatchObject({ value: 'two' });
  });
});
