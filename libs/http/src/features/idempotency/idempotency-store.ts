/** An answer as it is stored. */
export interface StoredResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly cookies?: readonly string[];
  readonly version?: string;
  readonly body?: string;
  /** Whether `body` is base64. */
  readonly isBase64: boolean;
}

/** A request's claim on a key. */
export interface IdempotencyClaim {
  /** 64 hexadecimal characters: a digest of operation, caller and the caller's key. */
  readonly key: string;
  /** 64 hexadecimal characters: a digest of the request. */
  readonly fingerprint: string;
  /** Who claims, unique to this attempt. */
  readonly owner: string;
  /** Until then the key is `in-flight`; after it another attempt may take over. Milliseconds since the epoch. */
  readonly lockedUntilMs: number;
  /** From then on the key is free; a store may forget it (a table's TTL). Seconds since the epoch. */
  readonly expiresAtSeconds: number;
  /** Milliseconds since the epoch, by the handler's clock. */
  readonly nowMs: number;
}

export type ClaimOutcome =
  /** The key was free, expired, or its lock had run out: this attempt has it now. */
  | { readonly kind: 'claimed' }
  /** Another attempt has it and has not answered. */
  | { readonly kind: 'in-flight'; readonly fingerprint: string }
  | { readonly kind: 'answered'; readonly fingerprint: string; readonly response: StoredResponse };

/**
 * Port: where answers are kept. A DynamoDB table does it with one conditional write a call. What a method rejects with goes the way
 * of the handler's other errors.
 */
export interface IdempotencyStore {
  /** Takes the key or says who has it, atomically. */
  claim(claim: IdempotencyClaim): Promise<ClaimOutcome>;
  /** Stores the answer, if `owner` still has the key. */
  complete(claim: IdempotencyClaim, response: StoredResponse): Promise<void>;
  /** Frees the key, if `owner` still has it: the attempt failed, and a retry may run. */
  release(claim: IdempotencyClaim): Promise<void>;
}
