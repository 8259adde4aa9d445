import type { UsersOperationId } from '../users-contract.ts';
import { buildRequest, type CallParts } from './build-request.ts';
import type { UsersClient } from './client-types.ts';
import { UsersClientError } from './errors.ts';
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
  /** Longest pause before another try, also when the API asks for more: then the error is thrown. Default 2000. */
  readonly maxPauseMs?: number;
  /** Waits. Default: a timer that ends with the signal. */
  readonly pause?: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** From 0 to 1, for the pauses. Default `Math.random`. */
  readonly random?: () => number;
}

/** Answers that another try may change: too many requests, and what a front or the function says when it is down. */
const passing: ReadonlySet<number> = new Set([429, 502, 503, 504]);
const BASE_PAUSE_MS = 100;

/**
 * The users API by operation id, typed by the contract. A call gives the contract's answer, or throws UsersClientError. Only calls
 * that may be repeated are: GET, PUT and DELETE, and POST under an idempotency key, when no answer came or it said 429,
 * 502, 503 or 504; with full jitter, and not before `Retry-After`.
 */
export function createUsersClient(options: UsersClientOptions): UsersClient {
  const { baseUrl, transport, headers = {}, attempts = 3, maxPauseMs = 2_000 } = options;
  const { pause = pauseMs, random = Math.random } = options;

  async function send(operationId: UsersOperationId, request: ClientRequest): Promise<ReadAnswer> {
    const own = typeof headers === 'function' ? await headers() : headers;
    const response = await transport({ ...request, headers: { ...own, ...request.headers } }).catch(
      (cause: unknown) => {
        throw new UsersClientError('USERS_CLIENT_UNANSWERED', operationId, { cause });
      },
    );
    return readResponse(operationId, response);
  }

  async function call(operationId: UsersOperationId, parts: CallParts = {}): Promise<ReadAnswer> {
    const request = buildRequest(baseUrl, operationAddresses[operationId], parts);
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await send(operationId, request);
      } catch (error) {
        const pauseForMs = Math.max(
          random() * Math.min(maxPauseMs, BASE_PAUSE_MS * 2 ** attempt),
          (retryAfterSeconds(error) ?? 0) * 1_000,
        );
        if (
          !request.idempotent ||
          attempt >= attempts ||
          !mayPass(error) ||
          pauseForMs > maxPauseMs ||
          request.signal?.aborted === true
        ) {
          throw error;
        }
        await pause(pauseForMs, request.signal).catch(() => {
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
  return (
    error instanceof UsersClientError &&
    (error.code === 'USERS_CLIENT_UNANSWERED' || (error.status !== undefined && passing.has(error.status)))
  );
}

function retryAfterSeconds(error: unknown): number | undefined {
  return error instanceof UsersClientError ? error.retryAfterSeconds : undefined;
}

async function pauseMs(ms: number, signal?: AbortSignal): Promise<void> {
  const { setTimeout: wait } = await import('node:timers/promises');
  await wait(ms, undefined, signal === undefined ? {} : { signal });
}
