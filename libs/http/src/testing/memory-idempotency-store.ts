import type {
  ClaimOutcome,
  IdempotencyClaim,
  IdempotencyStore,
  StoredResponse,
} from '../features/idempotency/idempotency-store.ts';

interface Entry {
  readonly claim: IdempotencyClaim;
  readonly response?: StoredResponse;
}

/** The port in memory, for tests and for one process: a function's environments share nothing. */
export function createMemoryIdempotencyStore(): IdempotencyStore {
  const entries = new Map<string, Entry>();

  function owned(claim: IdempotencyClaim): boolean {
    return entries.get(claim.key)?.claim.owner === claim.owner;
  }

  function outcomeFor(claim: IdempotencyClaim): ClaimOutcome {
    const entry = entries.get(claim.key);
    const { fingerprint, expiresAtSeconds = 0, lockedUntilMs = 0 } = entry?.claim ?? {};
    const isExpired = expiresAtSeconds * 1000 <= claim.nowMs;
    if (fingerprint !== undefined && !isExpired) {
      if (entry?.response) return { kind: 'answered', fingerprint, response: entry.response };
      if (lockedUntilMs > claim.nowMs) return { kind: 'in-flight', fingerprint };
    }
    entries.set(claim.key, { claim });
    return { kind: 'claimed' };
  }

  return {
    claim: (claim) => Promise.resolve(outcomeFor(claim)),
    complete: (claim, response) => {
      if (owned(claim)) entries.set(claim.key, { claim, response });
      return Promise.resolve();
    },
    release: (claim) => {
      if (owned(claim)) entries.delete(claim.key);
      return Promise.resolve();
    },
  };
}
