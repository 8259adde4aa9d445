import { createHttpClient, createRequestSigner, dynamoDocuments } from '@gatehouse/clients';
import { observe } from '@gatehouse/observability';
import { createHttpUsersDirectory } from './adapters/http-users-directory.ts';
import { readProcessorConfig } from './config.ts';
import { createProcessor } from './processor/create-processor.ts';
import { createDynamoDeliveryProgress } from './store/dynamodb/dynamo-delivery-progress.ts';

const config = readProcessorConfig();
const clock = Date.now;

/** The function behind the deliveries table's stream. */
export const handler = observe(
  createProcessor({
    users: createHttpUsersDirectory({
      http: createHttpClient(),
      baseUrl: config.usersApiUrl,
      sign: createRequestSigner({ service: 'lambda' }),
    }),
    progress: createDynamoDeliveryProgress({
      documents: dynamoDocuments(),
      tableName: config.deliveriesTable,
      clock,
    }),
    clock,
    giveUpSeconds: config.giveUpSeconds,
  }),
  { service: 'webhook' },
);
