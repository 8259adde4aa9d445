import { readAwsEnvironment, type AwsCredentials, type AwsEnvironment } from '../config.ts';
import { ClientsError } from '../errors.ts';
import type { HttpClient } from '../http/http-client.ts';

/** Gives the credentials to sign with now. */
export type CredentialsProvider = () => Promise<AwsCredentials>;

export interface LambdaCredentialsOptions {
  /** Asks the container's endpoint, where the environment has no keys. */
  readonly http: Pick<HttpClient, 'json'>;
  /** Default: read from the process at each call. */
  readonly environment?: () => AwsEnvironment;
  /** Milliseconds since the epoch. Default `Date.now`. */
  readonly clock?: () => number;
}

/** Keys are renewed this long before they end, so that no signature outlives its key on the way. */
const renewBeforeMs = 5 * 60_000;

/**
 * The credentials of a Lambda function: the keys that its environment was started with, or, where it has none
 * (SnapStart), those of the container's endpoint, renewed five minutes before they end. Calls at the same time share
 * one renewal; when it fails, keys that are still valid are used on.
 *
 * @throws {ClientsError} CLIENTS_CREDENTIALS_MISSING when there is neither.
 */
export function lambdaCredentials(options: LambdaCredentialsOptions): CredentialsProvider {
  const { http, environment = readAwsEnvironment, clock = Date.now } = options;
  let known: AwsCredentials | undefined;
  let renewal: Promise<AwsCredentials> | undefined;

  const isFresh = (credentials: AwsCredentials, marginMs: number): boolean =>
    credentials.expiresAtMs === undefined || credentials.expiresAtMs - clock() > marginMs;

  async function renew(env: AwsEnvironment): Promise<AwsCredentials> {
    try {
      known = await fetchCredentials(http, env);
      return known;
    } catch (error) {
      if (known !== undefined && isFresh(known, 0)) return known;
      throw error;
    }
  }

  return async () => {
    const env = environment();
    if (env.credentials !== undefined) return env.credentials;
    if (known !== undefined && isFresh(known, renewBeforeMs)) return known;
    renewal ??= renew(env).finally(() => {
      renewal = undefined;
    });
    return renewal;
  };
}

/** Source: AWS SDKs and Tools reference guide, "Container credential provider". */
async function fetchCredentials(
  http: Pick<HttpClient, 'json'>,
  env: AwsEnvironment,
): Promise<AwsCredentials> {
  if (env.credentialsUrl === undefined) {
    throw new ClientsError(
      'CLIENTS_CREDENTIALS_MISSING',
      'neither AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY nor AWS_CONTAINER_CREDENTIALS_FULL_URI is set',
    );
  }
  try {
    return await http.json(
      { url: env.credentialsUrl, headers: { authorization: env.credentialsToken } },
      parseCredentials,
    );
  } catch (cause) {
    throw new ClientsError('CLIENTS_CREDENTIALS_MISSING', 'the container endpoint gave no credentials', {
      cause,
      retryable: true,
    });
  }
}

function parseCredentials(value: unknown): AwsCredentials {
  const { AccessKeyId, SecretAccessKey, Token, Expiration } = (value ?? {}) as Record<string, unknown>;
  if (typeof AccessKeyId !== 'string' || typeof SecretAccessKey !== 'string') {
    throw new TypeError('AccessKeyId or SecretAccessKey is missing');
  }
  const expiresAtMs = typeof Expiration === 'string' ? Date.parse(Expiration) : NaN;
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    ...(typeof Token === 'string' && { sessionToken: Token }),
    ...(!Number.isNaN(expiresAtMs) && { expiresAtMs }),
  };
}
