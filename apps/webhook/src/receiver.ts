import { createSecretCache, dynamoDocuments, secretStore } from '@gatehouse/clients';
import { observe } from '@gatehouse/observability';
import { createVersionReader } from './adapters/read-version.ts';
import { createSecretProviderKeys } from './adapters/secret-provider-keys.ts';
import { createOriginSecrets } from './adapters/origin-secrets.ts';
import { readReceiverConfig } from './config.ts';
import { createReceiver } from './receiver/receive-delivery.ts';
import { createDynamoDeliveryInbox } from './store/dynamodb/dynamo-delivery-inbox.ts';

/** A delivery that no cached key verifies makes the secret be read again, at most so often. */
const RENEW_SECONDS = 30;

const config = readReceiverConfig();
const clock = Date.now;
const secrets = createSecretCache({
  read: createVersionReader(secretStore()),
  pauseSeconds: RENEW_SECONDS,
  clock,
});

/** The function behind the webhooks' URL. */
export const handler = observe(
  createReceiver({
    providers: config.providers,
    inbox: createDynamoDeliveryInbox({
      documents: dynamoDocuments(),
      tableName: config.deliveriesTable,
      retentionSeconds: config.retentionSeconds,
    }),
    keys: createSecretProviderKeys(secrets),
    ...(config.originSecretId !== undefined && {
      originSecrets: createOriginSecrets(config.originSecretId, secrets),
    }),
    clock,
  }),
  { service: 'webhook' },
);
