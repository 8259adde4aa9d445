import type { PrincipalLike } from '../../contract/handlers.ts';
import { badRequest } from '../../problem/bad-request.ts';
import type { CatalogueProblem } from '../../problem/catalogue.ts';
import { HttpProblem } from '../../problem/http-problem.ts';
import type { HttpRequest } from '../../request/http-request.ts';
import { lowerCaseNames } from '../../response/header-record.ts';
import type { OperationResponse } from '../../response/operation-response.ts';
import type { Exchange, Feature } from '../feature.ts';
import { parseIdempotencyKey } from './idempotency-key.ts';
import type { IdempotencyClaim, IdempotencyStore, StoredResponse } from './idempotency-store.ts';

export interface IdempotencyOptions<P extends PrincipalLike> {
  readonly store: IdempotencyStore;
  /** One string that names the caller: keys of different callers never meet. `undefined` for a public operation's. */
  readonly callerOf: (principal: P | undefined) => string;
  /** How long an answer is replayed. Default 24 h. */
  readonly ttlSeconds?: number;
  /** After how long an attempt that never answered is given up. Default 60 s; longer than the function's timeout. */
  readonly lockSeconds?: number;
  /** Told when an answer could not be stored: it goes out all the same. */
  readonly onStoreError: (error: unknown) => void;
}

const DEFAULT_TTL_SECONDS = 24 * 60 * 60;
const DEFAULT_LOCK_SECONDS = 60;
const SEPARATOR = '\n';

/**
 * Idempotency-Key (draft-ietf-httpapi-idempotency-key-header) for operations that declare `idempotency`. The first
 * answer that is not an error is stored and replayed, with `idempotency-replayed: true`; while it is under way the same key is 409 with
 * Retry-After; the same key on another request is 422. A request that failed frees its key, so that a retry runs.
 */
export function idempotency<P extends PrincipalLike>(options: IdempotencyOptions<P>): Feature {
  const { store, ttlSeconds = DEFAULT_TTL_SECONDS, lockSeconds = DEFAULT_LOCK_SECONDS } = options;

  function toClaim(exchange: Exchange, key: string): IdempotencyClaim {
    const { request, operationId = '' } = exchange;
    const caller = options.callerOf(exchange.principal as P | undefined);
    const nowMs = exchange.clock();
    return {
      key: digest(JSON.stringify([operationId, caller, key])),
      fingerprint: fingerprintOf(request),
      owner: request.requestId,
      lockedUntilMs: nowMs + lockSeconds * 1000,
      expiresAtSeconds: Math.ceil(nowMs / 1000) + ttlSeconds,
      nowMs,
    };
  }

  async function runClaimed(
    claim: IdempotencyClaim,
    next: () => Promise<OperationResponse>,
  ): Promise<OperationResponse> {
    let response: OperationResponse;
    try {
      response = await next();
    } catch (error) {
      await store.release(claim).catch(options.onStoreError);
      throw error;
    }
    await store.complete(claim, toStored(response)).catch(options.onStoreError);
    return response;
  }

  return {
    name: 'idempotency',
    serves: ['idempotency'],
    check(id, operation) {
      if (operation.idempotency === undefined) return;
      if (operation.method !== 'POST' && operation.method !== 'PATCH') {
        throw new TypeError(`Operation ${id}: ${operation.method} is idempotent by itself`);
      }
      if (Object.values(operation.responses).some((response) => 'stream' in response)) {
        throw new TypeError(`Operation ${id}: a streamed answer cannot be stored`);
      }
    },
    async invoke(exchange, next) {
      const demand = exchange.operation?.idempotency;
      if (demand === undefined) return next();
      const header = exchange.request.header('idempotency-key');
      if (header === undefined) {
        if (demand !== 'required') return next();
        throw badRequest('HTTP_IDEMPOTENCY_KEY_REQUIRED', 'This operation needs an Idempotency-Key header.');
      }
      const claim = toClaim(exchange, parseIdempotencyKey(header));
      const outcome = await store.claim(claim);
      if (outcome.kind === 'claimed') return runClaimed(claim, next);
      if (outcome.fingerprint !== claim.fingerprint) throw keyReused();
      if (outcome.kind === 'answered') return fromStored(outcome.response);
      throw inFlight();
    },
  };
}

function keyReused(): HttpProblem {
  return new HttpProblem({
    status: 422,
    title: 'Unprocessable Content',
    code: 'HTTP_IDEMPOTENCY_KEY_REUSED',
    detail: 'This Idempotency-Key belongs to a different request.',
  } satisfies CatalogueProblem);
}

function inFlight(): HttpProblem {
  return new HttpProblem({
    status: 409,
    title: 'Conflict',
    code: 'HTTP_IDEMPOTENCY_IN_FLIGHT',
    detail: 'A request with this Idempotency-Key is under way.',
    headers: { 'retry-after': '1' },
  } satisfies CatalogueProblem);
}

/** Everything that makes the request what it is. Headers other than Content-Type may differ between retries. */
function fingerprintOf(request: HttpRequest): string {
  const { method, path, query, body } = request;
  const head = [method, path, JSON.stringify(query), request.header('content-type') ?? ''].join(SEPARATOR);
  return digest(head + SEPARATOR, body);
}

function digest(text: string, bytes?: Uint8Array): string {
  const hash = process.getBuiltinModule('node:crypto').createHash('sha256').update(text);
  return (bytes ? hash.update(bytes) : hash).digest('hex');
}

function toStored(response: OperationResponse): StoredResponse {
  const { status, headers, cookies, body, version } = response;
  const isBase64 = body instanceof Uint8Array;
  const text = isBase64 ? Buffer.from(body).toString('base64') : body;
  return {
    status,
    // What comes after writes into the response's own.
    headers: { ...headers },
    isBase64,
    ...(cookies && { cookies }),
    ...(version !== undefined && { version }),
    ...(text !== undefined && { body: text }),
  };
}

function fromStored(stored: StoredResponse): OperationResponse {
  const { status, headers, cookies, version, body: text } = stored;
  const body = text !== undefined && stored.isBase64 ? Buffer.from(text, 'base64') : text;
  return {
    status,
    headers: lowerCaseNames({ ...headers, 'idempotency-replayed': 'true' }),
    cookies,
    body,
    version,
  };
}
