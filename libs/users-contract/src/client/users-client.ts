import type { UsersOperationId } from '../users-contract.ts';
import { buildRequest, type CallParts } from './build-request.ts';
import type { UsersClient } from './client-types.ts';
import { UsersClientError } from './errors.ts';
import { createRetryBudget } from './retry-budget.ts';
import { operationAddresses } from './operation-addresses.ts';
import { readResponse, type ReadAnswer } from './read-response.ts';
import type { ClientRequest, Transport } from './transport.ts';

export interface UsersClientOptions {
  /** Where the API is, with its stage or base path: `https://api.example.com/v1`. */
  readonly baseUrl: string;
  readonly transport: Transport;
  /** Sent with every call, or asked for at each try: where an access token expires. */
  readonly headers?:
    | Readonly<Record<string, string>>
    | (() => Promise<Readonly<Record<string, string>>> | Readonly<Record<string, string>>);
  /** Tries of a call that may be repeated. Default 3; others are tried once. */
  readonly attempts?: number;
  /** Longest time to wait for by `Retry-After`: when the API asks for more, the error is thrown. Default 2000. */
  readonly maxPauseMs?: number;
  /** Waits. Default: a timer that ends with the signal. */
  readonly pause?: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** Milliseconds since the epoch, by which a Retry-After that is a date is read. Default `Date.now`. */
  readonly clock?: () => number;
  /** From 0 to 1, for the pauses. Default `Math.random`. */
  readonly random?: () => number;
}

/** Answers that another try may change: too many requests, and what a front or the function says when it is down. */
const passing: ReadonlySet<number> = new Set([429, 502, 503, 504]);
/** The first try, whose answer was lost, has not ended: its answer is what another try is given. */
const IN_FLIGHT = 'HTTP_IDEMPOTENCY_IN_FLIGHT';
const BASE_PAUSE_MS = 100;

/**
 * The users API by operation id, typed by the contract. A call gives the contract's answer, or throws UsersClientError. Only calls
 * that may be repeated are: GET, PUT and DELETE, and POST under an idempotency key, when no answer came or it said 429, 502, 503 or
 * 504, or that the first try of the key is under way (409 HTTP_IDEMPOTENCY_IN_FLIGHT); with full jitter after `Retry-After`, and
 * under a budget, so that an API that is down sees at most 1.1 times the calls. A transport's error that says `retryable: false`
 * is not tried again.
 */
export function createUsersClient(options: UsersClientOptions): UsersClient {
  const { baseUrl, transport, headers = {}, attempts = 3, maxPauseMs = 2_000 } = options;
  const { pause = pauseMs, clock = Date.now, random = Math.random } = options;
  const budget = createRetryBudget();

  async function send(operationId: UsersOperationId, request: ClientRequest): Promise<ReadAnswer> {
    const own = typeof headers === 'function' ? await headers() : headers;
    const response = await transport({ ...request, headers: { ...own, ...request.headers } }).catch(
      (cause: unknown) => {
        throw new UsersClientError('USERS_CLIENT_UNANSWERED', operationId, { cause });
      },
    );
    return readResponse(operationId, response, clock());
  }

  async function call(operationId: UsersOperationId, parts: CallParts = {}): Promise<ReadAnswer> {
    const request = buildRequest(baseUrl, operationAddresses[operationId], parts);
    budget.deposit();
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await send(operationId, request);
      } catch (error) {
        const askedMs = (retryAfterSeconds(error) ?? 0) * 1_000;
        const again =
          request.idempotent &&
          attempt < attempts &&
          mayPass(error) &&
          askedMs <= maxPauseMs &&
          request.signal?.aborted !== true &&
          budget.withdraw();
        if (!again) {
          throw error;
        }
        const jitterMs = random() * Math.min(maxPauseMs, BASE_PAUSE_MS * 2 ** attempt);
        await pause(askedMs + jitterMs, request.signal).catch(() => {
          throw error;
        });
      }
    }
  }

  const entries = Object.keys(operationAddresses).map((id) => [
    id,
    async (parts?: CallParts) => call(id as UsersOperationId, parts),
  ]);
  return Object.fromEntries(entries) as UsersClient;
}

function mayPass(error: unknown): boolean {
  if (!(error instanceof UsersClientError)) {
    return false;
  }
  const { code, cause, status, problem } = error;
  if (code === 'USERS_CLIENT_UNANSWERED') {
    return !saysFinal(cause);
  }
  return problem?.code === IN_FLIGHT || (status !== undefined && passing.has(status));
}

/** True for a transport's error that the same request would meet again: a refused address, a header that cannot be sent. */
function saysFinal(cause: unknown): boolean {
  return cause instanceof Error && (cause as { readonly retryable?: unknown }).retryable === false;
}

function retryAfterSeconds(error: unknown): number | undefined {
  return error instanceof UsersClientError ? error.retryAfterSeconds : undefined;
}

async function pauseMs(ms: number, signal?: AbortSignal): Promise<void> {
  const { setTimeout: wait } = await import('node:timers/promises');
  await wait(ms, undefined, signal === undefined ? {} : { signal });
}
