import { randomUUID } from 'node:crypto';
import { dynamoDocuments } from '@gatehouse/clients';
import { cors, createHttpHandler } from '@gatehouse/http';
import { observe } from '@gatehouse/observability';
import { usersContract } from '@gatehouse/users-contract';
import { authenticate } from './authenticate.ts';
import { readConfig } from './config.ts';
import { mapError } from './error-map.ts';
import { createRoutes } from './routes.ts';
import { createDynamoDbUsersStore } from './store/dynamodb/dynamodb-users-store.ts';

const config = readConfig();
const store = createDynamoDbUsersStore({ documents: dynamoDocuments(), tableName: config.usersTable });

/** The users API, behind an HTTP API, a REST API or a function URL. */
export const handler = observe(
  createHttpHandler({
    contract: usersContract,
    handlers: createRoutes({ store, clock: Date.now, newId: randomUUID, basePath: config.basePath }),
    authenticate,
    mapError,
    basePath: config.basePath,
    features: [cors(config.cors)],
  }),
  { service: config.service },
);
