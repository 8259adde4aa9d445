import {
  currentInvocation,
  monotonicMs,
  traceDownstream,
  type DownstreamCall,
} from '@gatehouse/observability';
import { ClientsError } from '../errors.ts';
import { toRedirectedRequest } from './follow-redirect.ts';
import type { HttpClientRequest, HttpClientResponse, OutgoingRequest, Timeouts } from './http-message.ts';
import { timeForCallMs } from './invocation-time.ts';
import { createNodeTransport, type NodeTransportOptions } from './node-transport.ts';
import { prepareRequest, type PreparedRequest } from './prepare-request.ts';
import { createRetryBudget } from './retry-budget.ts';
import { isIdempotent } from './retry-policy.ts';
import { sendWithRetries, type RetryDeps } from './send-with-retries.ts';
import type { Transport } from './transport.ts';

/** Outbound HTTP over connections that outlive the invocation. Made once, at module scope. */
export interface HttpClient {
  /**
   * Sends a request and reads the whole answer, of any status.
   * @throws {ClientsError} CLIENTS_*, never anything else for what the network or the other side does.
   */
  request(request: HttpClientRequest): Promise<HttpClientResponse>;
  /**
   * Sends a request and parses a 2xx answer as JSON.
   * @param parse checks the value and gives it its type; without it the value is unknown.
   * @throws {ClientsError} also CLIENTS_STATUS, and CLIENTS_RESPONSE_INVALID when it is no JSON or `parse` throws.
   */
  json(request: HttpClientRequest): Promise<unknown>;
  json<T>(request: HttpClientRequest, parse: (value: unknown) => T): Promise<T>;
  /** Closes idle connections. Functions never need it; tests and tools do. */
  close(): void;
}

/** Defaults for every call of one client, and what it works with. */
export interface HttpClientOptions extends NodeTransportOptions {
  readonly timeouts?: Partial<Timeouts>;
  /** Tries after the first, for requests that may be repeated. Default 2. */
  readonly retries?: number;
  /** Cap on a body, before and after inflation. Default 1 MiB. */
  readonly maxResponseBytes?: number;
  /** Sent as `user-agent`. Default `gatehouse`. */
  readonly userAgent?: string;
  /** Sends each try. Default: `node:https` and `node:http`. */
  readonly transport?: Transport;
  /** Milliseconds until the caller has to be done. Default: what is left of the running invocation. */
  readonly remainingMs?: () => number;
  /** Milliseconds since the epoch, for dates in Retry-After. Default `Date.now`. */
  readonly clock?: () => number;
  /** From 0 to 1, for the backoff. Default `Math.random`. */
  readonly random?: () => number;
}

/** Defaults of `Timeouts`. */
const defaultTimeouts: Timeouts = { connectMs: 1_000, firstByteMs: 5_000, totalMs: 10_000 };
/** How a call is described where no trace shows it. */
const undescribed: DownstreamCall = { name: '', namespace: 'remote', operation: '' };
/** Made at the first JSON. */
let decoder: InstanceType<typeof TextDecoder> | undefined;

/**
 * Makes a client. Making it costs nothing: connections, and Node's HTTP modules, come with the first request.
 *
 * - Connections are kept and reused, across invocations too. One that was closed meanwhile is replaced, and an idempotent
 *   request that met it is sent again, once.
 * - Every call ends within `totalMs` and the time that is left of the invocation.
 * - Tries are repeated with full jitter where that does no harm, under a budget for each origin.
 * - Nothing that a header, a URL or a query holds becomes another header or another request.
 */
export function createHttpClient(options: HttpClientOptions = {}): HttpClient {
  const transport = options.transport ?? createNodeTransport(options);
  const clientTimeouts: Timeouts = { ...defaultTimeouts, ...options.timeouts };
  const userAgent = options.userAgent ?? 'gatehouse';
  const deps: RetryDeps = {
    transport,
    budget: createRetryBudget(),
    clock: options.clock ?? Date.now,
    random: options.random ?? Math.random,
  };

  async function exchange(call: HttpClientRequest, accept: string): Promise<HttpClientResponse> {
    const timeouts = call.timeouts === undefined ? clientTimeouts : { ...clientTimeouts, ...call.timeouts };
    const endsAtMs = monotonicMs() + Math.min(timeouts.totalMs, timeForCallMs(options.remainingMs));
    let next = call;
    for (let redirects = 0; ; redirects++) {
      const outgoing = prepareRequest(next, { userAgent, accept });
      const response = await send(next, outgoing, { timeouts, endsAtMs });
      if (redirects >= (call.maxRedirects ?? 0)) return response;
      const redirected = toRedirectedRequest(next, outgoing, response);
      if (redirected === undefined) return response;
      next = redirected;
    }
  }

  function send(
    call: HttpClientRequest,
    outgoing: PreparedRequest,
    { timeouts, endsAtMs }: { readonly timeouts: Timeouts; readonly endsAtMs: number },
  ): Promise<HttpClientResponse> {
    return traceDownstream(call.trace ?? toDownstreamCall(outgoing), async (span) => {
      for (const name in span.headers) outgoing.headers[name] ??= span.headers[name] ?? '';
      const response = await sendWithRetries(
        {
          request: outgoing,
          sign: call.sign,
          signal: call.signal,
          connectMs: timeouts.connectMs,
          firstByteMs: timeouts.firstByteMs,
          endsAtMs,
          maxResponseBytes: call.maxResponseBytes ?? options.maxResponseBytes ?? 1_048_576,
          publicOnly: call.untrustedUrl ?? false,
          idempotent: call.idempotent ?? isIdempotent(outgoing.method, outgoing.headers),
          retries: call.retries ?? options.retries ?? 2,
        },
        deps,
      );
      span.status(response.status);
      return response;
    });
  }

  async function json(call: HttpClientRequest, parse?: (value: unknown) => unknown): Promise<unknown> {
    const response = await exchange(call, 'application/json');
    const { status } = response;
    if (status < 200 || status > 299) {
      throw new ClientsError('CLIENTS_STATUS', `the answer has the status ${status}`, { status });
    }
    decoder ??= new TextDecoder();
    try {
      const value: unknown = JSON.parse(decoder.decode(response.body));
      return parse === undefined ? value : parse(value);
    } catch (cause) {
      const message = 'the answer is not the JSON that was expected';
      throw new ClientsError('CLIENTS_RESPONSE_INVALID', message, { cause, status });
    }
  }

  return { request: (call) => exchange(call, '*/*'), json, close: () => transport.close() };
}

function toDownstreamCall({ method, url }: OutgoingRequest): DownstreamCall {
  if (currentInvocation()?.sampled !== true) return undescribed;
  return { name: url.hostname, namespace: 'remote', operation: method, url: `${url.origin}${url.pathname}` };
}
