import { createHttpClient, createRequestSigner, dynamoDocuments } from '@gatehouse/clients';
import { observe } from '@gatehouse/observability';
import { createClientUsersDirectory } from './adapters/client-users-directory.ts';
import { readProcessorConfig } from './config.ts';
import { createProcessor } from './processor/create-processor.ts';
import { createDynamoDeliveryProgress } from './store/dynamodb/dynamo-delivery-progress.ts';

const config = readProcessorConfig();
const clock = Date.now;
const http = createHttpClient();
const sign = createRequestSigner({ service: 'lambda' });

/** The function behind the deliveries table's stream. */
export const handler = observe(
  createProcessor({
    users: createClientUsersDirectory({
      baseUrl: config.usersApiUrl,
      transport: async (request) => http.request({ ...request, sign }),
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
