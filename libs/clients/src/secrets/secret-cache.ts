import type { ReadSecretOptions, SecretStore, SecretVersion } from './secret-store.ts';

export interface SecretCacheOptions {
  /** Reads what is not known, or too old: `secretStore().read` or `parameterStore().read`. */
  readonly read: SecretStore['read'];
  /** How long a value is used without asking. Default 300. */
  readonly ttlSeconds?: number;
  /** How much longer it is used while the store cannot be asked. Default 3600. */
  readonly staleSeconds?: number;
  /** How long to wait before asking a store again that just failed, and before `refresh` asks again. Default 5. */
  readonly pauseSeconds?: number;
  /** Milliseconds since the epoch. Default `Date.now`. */
  readonly clock?: () => number;
}

/** Secrets or parameters, read once and kept for a while. */
export interface SecretCache {
  /**
   * The value, known or read. Callers at the same time share one read.
   * @throws what `read` throws, when there is no value that may still be used.
   */
  get(id: string, options?: Pick<ReadSecretOptions, 'versionStage'>): Promise<SecretVersion | undefined>;
  /**
   * The value after a rotation: for a caller that found `seenVersionId` not to fit, such as a signature made with a
   * newer key; undefined when it found none of that stage. Asks the store, unless the kept value is another one already, or
   * it was asked a moment ago. The value that was seen is answered only where the store has said that there is no other.
   * @throws what `read` throws, also for `pauseSeconds` after it did.
   */
  refresh(
    id: string,
    seenVersionId: string | undefined,
    options?: Pick<ReadSecretOptions, 'versionStage'>,
  ): Promise<SecretVersion | undefined>;
}

interface Entry {
  version: SecretVersion | undefined;
  known: boolean;
  readAtMs: number;
  /** No read before this time. */
  notBeforeMs: number;
  /** What the last read threw, if it did. */
  failure: { readonly error: unknown } | undefined;
  reading: Promise<void> | undefined;
}

/** Names that one environment keeps; further ones take the place of the oldest. */
const maxEntries = 500;

/**
 * Makes a cache. Nothing is read in the background: after its answer a function is frozen, and a read would be cut off.
 * When the store fails, a value that has passed its time is used for `staleSeconds` more, and the store is left alone for
 * `pauseSeconds`, so that an outage costs neither answers nor time.
 */
export function createSecretCache(options: SecretCacheOptions): SecretCache {
  const { read, ttlSeconds = 300, staleSeconds = 3_600, pauseSeconds = 5, clock = Date.now } = options;
  const entries = new Map<string, Entry>();

  function entryOf(id: string, versionStage: ReadSecretOptions['versionStage']): Entry {
    const name = `${versionStage ?? ''} ${id}`;
    const known = entries.get(name);
    if (known !== undefined) return known;
    const [oldest] = entries.keys();
    if (entries.size >= maxEntries && oldest !== undefined) entries.delete(oldest);
    const entry = {
      version: undefined,
      known: false,
      readAtMs: 0,
      notBeforeMs: 0,
      failure: undefined,
      reading: undefined,
    };
    entries.set(name, entry);
    return entry;
  }

  async function readInto(
    entry: Entry,
    id: string,
    stage: Pick<ReadSecretOptions, 'versionStage'>,
  ): Promise<void> {
    try {
      entry.version = await read(id, stage);
      entry.known = true;
      entry.readAtMs = clock();
      entry.failure = undefined;
    } catch (error) {
      entry.failure = { error };
      throw error;
    } finally {
      entry.notBeforeMs = clock() + pauseSeconds * 1_000;
      entry.reading = undefined;
    }
  }

  const isUsable = (entry: Entry, forSeconds: number): boolean =>
    entry.known && clock() - entry.readAtMs < forSeconds * 1_000;

  async function readOrKeep(
    entry: Entry,
    id: string,
    stage: Pick<ReadSecretOptions, 'versionStage'>,
  ): Promise<SecretVersion | undefined> {
    const mayKeep = (): boolean => isUsable(entry, ttlSeconds + staleSeconds);
    if (entry.reading === undefined && clock() < entry.notBeforeMs && mayKeep()) return entry.version;
    entry.reading ??= readInto(entry, id, stage);
    try {
      await entry.reading;
    } catch (error) {
      if (!mayKeep()) throw error;
    }
    return entry.version;
  }

  async function readAnew(
    entry: Entry,
    id: string,
    stage: Pick<ReadSecretOptions, 'versionStage'>,
  ): Promise<SecretVersion | undefined> {
    if (entry.reading === undefined && clock() < entry.notBeforeMs) {
      if (entry.failure !== undefined) throw entry.failure.error;
      return entry.version;
    }
    await (entry.reading ??= readInto(entry, id, stage));
    return entry.version;
  }

  return {
    get(id, stage = {}) {
      const entry = entryOf(id, stage.versionStage);
      return isUsable(entry, ttlSeconds) ? Promise.resolve(entry.version) : readOrKeep(entry, id, stage);
    },
    refresh(id, seenVersionId, stage = {}) {
      const entry = entryOf(id, stage.versionStage);
      const isNewer = isUsable(entry, ttlSeconds) && entry.version?.versionId !== seenVersionId;
      return isNewer ? Promise.resolve(entry.version) : readAnew(entry, id, stage);
    },
  };
}
