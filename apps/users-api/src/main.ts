import { randomUUID } from 'node:crypto';
import { dynamoDocuments } from '@gatehouse/clients';
import { currentInvocation, observe } from '@gatehouse/observability';
import { authenticate } from './authenticate.ts';
import { readConfig } from './config.ts';
import { createUsersApi } from './create-users-api.ts';
import { reportRequest } from './report-request.ts';
import { createDynamoDbIdempotencyStore } from './store/dynamodb/dynamodb-idempotency-store.ts';
import { createDynamoDbUsersStore } from './store/dynamodb/dynamodb-users-store.ts';

const config = readConfig();
const documents = dynamoDocuments();
const tableName = config.usersTable;

/** The users API, behind an HTTP API, a REST API or a function URL. */
export const handler = observe(
  createUsersApi({
    store: createDynamoDbUsersStore({ documents, tableName }),
    idempotencyStore: createDynamoDbIdempotencyStore({ documents, tableName }),
    clock: Date.now,
    newId: randomUUID,
    authenticate,
    cors: config.cors,
    basePath: config.basePath,
    onRequestEnd: (end) => reportRequest(end, currentInvocation()),
    onIdempotencyError: (error) => currentInvocation()?.log.warn('an answer was not kept', { error }),
  }),
  { service: config.service },
);
