import { readAwsEnvironment } from '../config.ts';
import { ClientsError } from '../errors.ts';
import type { RequestSigner } from '../http/http-message.ts';
import type { CredentialsProvider } from './credentials.ts';
import { signRequest } from './sign-request.ts';
import { defaultCredentials } from '../defaults.ts';

export interface RequestSignerOptions {
  /** `lambda` for function URLs, `execute-api` for API Gateway. */
  readonly service: string;
  /** Default: the function's own. */
  readonly region?: string | (() => string);
  /** Default: the function's own, renewed when they end. */
  readonly credentials?: CredentialsProvider;
  /** Milliseconds since the epoch. Default `Date.now`. */
  readonly clock?: () => number;
}

/**
 * Makes what signs the requests of an HTTP client for one AWS service: `client.request({ url, sign })`.
 * @throws {ClientsError} CLIENTS_CREDENTIALS_MISSING at the first request, when there is no region or there are no keys.
 */
export function createRequestSigner(options: RequestSignerOptions): RequestSigner {
  const { service, credentials = defaultCredentials(), clock = Date.now } = options;
  return async (request) => {
    const region =
      typeof options.region === 'function'
        ? options.region()
        : (options.region ?? readAwsEnvironment().region);
    if (region === undefined) throw new ClientsError('CLIENTS_CREDENTIALS_MISSING', 'AWS_REGION is not set');
    return signRequest(request, {
      service,
      region,
      credentials: await credentials(),
      date: new Date(clock()),
    });
  };
}
