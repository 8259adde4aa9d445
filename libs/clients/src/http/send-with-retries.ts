import { monotonicMs } from '@gatehouse/observability';
import { ClientsError } from '../errors.ts';
import type { HttpClientResponse, OutgoingRequest, RequestSigner } from './http-message.ts';
import { inflate } from './inflate.ts';
import { aborted, pause } from './pause.ts';
import type { RetryBudget } from './retry-budget.ts';
import { isRetryableFailure, isRetryableStatus, parseRetryAfter, pauseMs } from './retry-policy.ts';
import { TransportError, type Exchange, type RawResponse, type Transport } from './transport.ts';

/** One call with all its bounds settled. */
export interface Call {
  readonly request: OutgoingRequest;
  readonly sign: RequestSigner | undefined;
  readonly signal: AbortSignal | undefined;
  readonly connectMs: number;
  readonly firstByteMs: number;
  /** When the call has to be over, on the clock of `monotonicMs`. */
  readonly endsAtMs: number;
  readonly maxResponseBytes: number;
  readonly publicOnly: boolean;
  readonly idempotent: boolean;
  readonly retries: number;
}

/** What a client shares among its calls. */
export interface RetryDeps {
  readonly transport: Transport;
  readonly budget: RetryBudget;
  readonly clock: () => number;
  readonly random: () => number;
}

/** How one try ended: with an answer, or not. */
type Ending = { readonly response: RawResponse } | { readonly error: TransportError };

/**
 * Tries until there is an answer that is worth giving back, or no further try is allowed or would end in time. Then
 * the last answer is given back, or the last error thrown.
 */
export async function sendWithRetries(call: Call, deps: RetryDeps): Promise<HttpClientResponse> {
  const { origin } = call.request.url;
  deps.budget.deposit(origin);
  let staleRetries = 0;
  for (let attempt = 1; ; attempt++) {
    const ending = await tryOnce(call, deps.transport);
    if ('response' in ending && ending.response.status < 400) return finish(ending, call, attempt);
    // A kept connection that was closed says nothing of the service: a new one is tried at once.
    if ('error' in ending && ending.error.stale && call.idempotent && staleRetries === 0) {
      staleRetries = 1;
      continue;
    }

    const retryAfterMs =
      'response' in ending
        ? parseRetryAfter(ending.response.headers['retry-after'], deps.clock())
        : undefined;
    const waitMs = pauseMs(attempt, retryAfterMs, deps.random);
    const again =
      isWorthRetrying(ending, call, retryAfterMs) &&
      attempt - staleRetries <= call.retries &&
      monotonicMs() + waitMs < call.endsAtMs &&
      deps.budget.withdraw(origin);
    if (!again) return finish(ending, call, attempt);
    await pause(waitMs, call.signal);
  }
}

function tryOnce(call: Call, transport: Transport): Promise<Ending> {
  if (call.signal?.aborted === true) throw aborted(call.signal);
  return call.sign === undefined
    ? sendOnce(call, call.request, transport)
    : signAndSend(call, call.sign, transport);
}

async function signAndSend(call: Call, sign: RequestSigner, transport: Transport): Promise<Ending> {
  const { method, url, headers, body } = call.request;
  const signature = await sign(call.request);
  return sendOnce(call, { method, url, headers: { ...headers, ...signature }, body }, transport);
}

function sendOnce(call: Call, request: OutgoingRequest, transport: Transport): Promise<Ending> {
  const leftMs = call.endsAtMs - monotonicMs();
  if (leftMs <= 0) throw new ClientsError('CLIENTS_TIMEOUT', 'the time ran out before the request was sent');
  const exchange: Exchange = {
    request,
    connectMs: call.connectMs,
    firstByteMs: call.firstByteMs,
    totalMs: leftMs,
    signal: call.signal,
    maxResponseBytes: call.maxResponseBytes,
    publicOnly: call.publicOnly,
  };
  return transport.send(exchange).then(toAnswer, toFailure);
}

function toAnswer(response: RawResponse): Ending {
  return { response };
}

function toFailure(error: unknown): Ending {
  if (error instanceof TransportError) return { error };
  throw error;
}

function isWorthRetrying(ending: Ending, call: Call, retryAfterMs: number | undefined): boolean {
  return 'error' in ending
    ? isRetryableFailure(ending.error, call.idempotent)
    : isRetryableStatus(ending.response.status, { idempotent: call.idempotent, retryAfterMs });
}

function finish(
  ending: Ending,
  call: Call,
  attempts: number,
): HttpClientResponse | Promise<HttpClientResponse> {
  if ('error' in ending) throw ending.error;
  const { status, headers, body } = ending.response;
  const encoding = headers['content-encoding'];
  if (encoding === undefined) return { status, headers, body, attempts };
  return inflate(body, encoding, call.maxResponseBytes).then((inflated) => ({
    status,
    headers,
    body: inflated,
    attempts,
  }));
}
