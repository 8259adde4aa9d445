/** This file alone reads process.env. Lambda's values do not change while an environment lives, but tests' do. */

/** Long-lived or session keys of AWS. */
export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** When they end, in milliseconds since the epoch; absent for those of the environment, which outlive it. */
  readonly expiresAtMs?: number;
}

/** The variables that AWS SDKs share; source: AWS SDKs and Tools reference guide, "Settings reference". */
export interface AwsEnvironment {
  /** `AWS_REGION`, else `AWS_DEFAULT_REGION`. */
  readonly region: string | undefined;
  /** `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN`. */
  readonly credentials: AwsCredentials | undefined;
  /** `AWS_CONTAINER_CREDENTIALS_FULL_URI`: set instead of the keys under SnapStart, whose keys would be stale. */
  readonly credentialsUrl: string | undefined;
  /** `AWS_CONTAINER_AUTHORIZATION_TOKEN`, sent to `credentialsUrl`. */
  readonly credentialsToken: string | undefined;
  /** `AWS_ENDPOINT_URL_<SERVICE>`, else `AWS_ENDPOINT_URL`, unless `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS` is true. */
  endpointUrl(service: AwsServiceName): string | undefined;
  /** `AWS_USE_FIPS_ENDPOINT` is true. */
  readonly fips: boolean;
}

/** Services that this library calls, as they stand in host names. */
export type AwsServiceName = 'dynamodb' | 'secretsmanager' | 'ssm';

const endpointVariables: Readonly<Record<AwsServiceName, string>> = {
  dynamodb: 'AWS_ENDPOINT_URL_DYNAMODB',
  secretsmanager: 'AWS_ENDPOINT_URL_SECRETS_MANAGER',
  ssm: 'AWS_ENDPOINT_URL_SSM',
};

export function readAwsEnvironment(env: NodeJS.ProcessEnv = process.env): AwsEnvironment {
  const ignoreEndpoints = env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'] === 'true';
  return {
    region: nonEmpty(env['AWS_REGION']) ?? nonEmpty(env['AWS_DEFAULT_REGION']),
    credentials: readCredentials(env),
    credentialsUrl: nonEmpty(env['AWS_CONTAINER_CREDENTIALS_FULL_URI']),
    credentialsToken: nonEmpty(env['AWS_CONTAINER_AUTHORIZATION_TOKEN']),
    endpointUrl: (service) =>
      ignoreEndpoints
        ? undefined
        : (nonEmpty(env[endpointVariables[service]]) ?? nonEmpty(env['AWS_ENDPOINT_URL'])),
    fips: env['AWS_USE_FIPS_ENDPOINT'] === 'true',
  };
}

function readCredentials(env: NodeJS.ProcessEnv): AwsCredentials | undefined {
  const accessKeyId = nonEmpty(env['AWS_ACCESS_KEY_ID']);
  const secretAccessKey = nonEmpty(env['AWS_SECRET_ACCESS_KEY']);
  if (accessKeyId === undefined || secretAccessKey === undefined) return undefined;
  const sessionToken = nonEmpty(env['AWS_SESSION_TOKEN']);
  return { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) };
}

function nonEmpty(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}
