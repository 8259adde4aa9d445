import { monotonicMs } from '@gatehouse/observability';
import { readAwsEnvironment, type AwsEnvironment, type AwsServiceName } from '../config.ts';
import { defaultCredentials, defaultHttpClient } from '../defaults.ts';
import { ClientsError } from '../errors.ts';
import type { HttpClient } from '../http/http-client.ts';
import type { HttpClientResponse, Timeouts } from '../http/http-message.ts';
import { createRetryBudget } from '../http/retry-budget.ts';
import { timeForCallMs } from '../http/invocation-time.ts';
import { pause } from '../http/pause.ts';
import { pauseMs } from '../http/retry-policy.ts';
import { createRequestSigner } from '../sigv4/request-signer.ts';
import type { CredentialsProvider } from '../sigv4/credentials.ts';
import { AwsServiceError, isThrottle, readErrorAnswer } from './aws-service-error.ts';
import { serviceUrl } from './service-url.ts';

/** What the clients of AWS services share. All have defaults that are right in a function. */
export interface AwsClientOptions {
  readonly region?: string;
  /** Default: `AWS_ENDPOINT_URL_<SERVICE>`, `AWS_ENDPOINT_URL`, else the region's own endpoint. */
  readonly endpoint?: string;
  readonly credentials?: CredentialsProvider;
  readonly timeouts?: Partial<Timeouts>;
  /** Default: one client, with its connections, for all services of the execution environment. */
  readonly http?: HttpClient;
  /** Default: read from the process at the first call. */
  readonly environment?: () => AwsEnvironment;
}

/** A service that speaks an AWS JSON protocol. */
export interface AwsJsonService {
  /** In host names and in signatures. */
  readonly name: AwsServiceName;
  /** As traces show it. */
  readonly title: string;
  /** Before the operation in `x-amz-target`. */
  readonly targetPrefix: string;
  readonly protocol: '1.0' | '1.1';
}

export interface AwsCall {
  readonly operation: string;
  readonly input: unknown;
  /** True when repeating it does no harm. */
  readonly idempotent: boolean;
  /** What is worked on, for traces. */
  readonly resource?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

/** Calls one operation and gives its output. */
export type CallAws = (call: AwsCall) => Promise<unknown>;

const maxAttempts = 3;
/** For a call with all its tries, as the HTTP client's default. */
const totalMsByDefault = 10_000;
const maxResponseBytes = 16 * 1_048_576;

/**
 * Makes calls of one AWS service: one signed request each over kept connections, without the SDK. The calls are
 * repeated as the SDK's standard mode does: up to 3 tries, throttles always, lost connections and 5xx where the call is
 * idempotent; all within `timeouts.totalMs` (10 s) and what is left of the invocation, and until the signal aborts.
 *
 * Source: Smithy, "AWS JSON 1.0 protocol" and "AWS JSON 1.1 protocol".
 * @throws {AwsServiceError} what the service refused; @throws {ClientsError} why it could not be asked.
 */
export function createAwsJsonClient(service: AwsJsonService, options: AwsClientOptions = {}): CallAws {
  const environment = options.environment ?? readAwsEnvironment;
  const http = options.http ?? defaultHttpClient();
  const sign = createRequestSigner({
    service: service.name,
    credentials: options.credentials ?? defaultCredentials(),
    region: () => regionOf(options, environment()),
  });
  const budget = createRetryBudget();
  let url: string | undefined;

  async function callOnce(call: AwsCall, totalMs: number): Promise<HttpClientResponse> {
    const env = environment();
    url ??= options.endpoint ?? serviceUrl(service.name, regionOf(options, env), env);
    return http.request({
      url,
      method: 'POST',
      headers: {
        'content-type': `application/x-amz-json-${service.protocol}`,
        'x-amz-target': `${service.targetPrefix}.${call.operation}`,
        'accept-encoding': 'identity',
      },
      body: JSON.stringify(call.input),
      idempotent: call.idempotent,
      // Throttles come as 400, so the tries are counted here; a stale connection is replaced below this.
      retries: 0,
      sign,
      maxResponseBytes,
      trace: {
        name: service.title,
        namespace: 'aws',
        operation: call.operation,
        ...(call.resource !== undefined && { resource: call.resource }),
      },
      timeouts: { ...options.timeouts, totalMs },
      ...(call.signal !== undefined && { signal: call.signal }),
    });
  }

  return async (call) => {
    budget.deposit(service.name);
    const endsAtMs = monotonicMs() + Math.min(options.timeouts?.totalMs ?? totalMsByDefault, timeForCallMs());
    for (let attempt = 1; ; attempt++) {
      const waitMs = pauseMs(attempt, undefined, Math.random);
      try {
        return readAnswer(await callOnce(call, endsAtMs - monotonicMs()));
      } catch (error) {
        const again =
          isWorthRetrying(error, call) &&
          attempt < maxAttempts &&
          monotonicMs() + waitMs < endsAtMs &&
          budget.withdraw(service.name);
        if (!again) throw error;
      }
      await pause(waitMs, call.signal);
    }
  };
}

function readAnswer(response: HttpClientResponse): unknown {
  const text = new TextDecoder().decode(response.body);
  if (response.status !== 200)
    throw new AwsServiceError(readErrorAnswer(response.status, response.headers, text));
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch (cause) {
    throw new ClientsError('CLIENTS_RESPONSE_INVALID', 'the service answered 200 with what is no JSON', {
      cause,
    });
  }
}

function isWorthRetrying(error: unknown, call: AwsCall): boolean {
  if (error instanceof AwsServiceError) return isThrottle(error.name) || (call.idempotent && error.retryable);
  if (!(error instanceof ClientsError) || !error.retryable) return false;
  return call.idempotent || error.code === 'CLIENTS_CONNECT_FAILED';
}

function regionOf(options: AwsClientOptions, env: AwsEnvironment): string {
  const region = options.region ?? env.region;
  if (region === undefined) throw new ClientsError('CLIENTS_CREDENTIALS_MISSING', 'AWS_REGION is not set');
  return region;
}
