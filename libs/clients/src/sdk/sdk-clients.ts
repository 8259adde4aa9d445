import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SSMClient } from '@aws-sdk/client-ssm';
import { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import type { AwsCredentials } from '../config.ts';
import { traceSdkClient } from './trace-sdk-client.ts';

export interface SdkClientOptions {
  readonly region?: string;
  /** Default: `AWS_ENDPOINT_URL_<SERVICE>`, `AWS_ENDPOINT_URL`, else the region's own endpoint. */
  readonly endpoint?: string;
  /** Default: what the SDK's own chain finds, in a function its environment. */
  readonly credentials?: AwsCredentials;
}

/** Kept connections, and bounds that fit a request that someone waits for; the SDK has none of its own. */
function settings(options: SdkClientOptions): object {
  return {
    ...options,
    retryMode: 'standard',
    maxAttempts: 3,
    requestHandler: {
      connectionTimeout: 1_000,
      requestTimeout: 5_000,
      throwOnRequestTimeout: true,
      httpAgent: { keepAlive: true, maxSockets: 50 },
      httpsAgent: { keepAlive: true, maxSockets: 50 },
    },
  };
}

/**
 * The AWS SDK's document client, for operations that `dynamoDocuments` does not have. It is one implementation of
 * `DynamoDocuments`, and takes about five times as much of a cold start (docs/adr/0301). Make it once, at module scope.
 */
export function dynamoDocumentClient(options: SdkClientOptions = {}): DynamoDBDocument {
  const client = traceSdkClient(new DynamoDBClient(settings(options)), 'DynamoDB');
  return DynamoDBDocument.from(client, { marshallOptions: { removeUndefinedValues: true } });
}

/** The AWS SDK's Secrets Manager client, for more than reading, which `secretStore` does. */
export function secretsManagerClient(options: SdkClientOptions = {}): SecretsManagerClient {
  return traceSdkClient(new SecretsManagerClient(settings(options)), 'SecretsManager');
}

/** The AWS SDK's Systems Manager client, for more than reading, which `parameterStore` does. */
export function ssmClient(options: SdkClientOptions = {}): SSMClient {
  return traceSdkClient(new SSMClient(settings(options)), 'SSM');
}
