import { randomUUID } from 'node:crypto';
import { createHttpClient, dynamoDocuments, secretStore } from '@gatehouse/clients';
import { currentInvocation, observe } from '@gatehouse/observability';
import { createAuthenticate } from './authenticate.ts';
import { readConfig } from './config.ts';
import { createUsersApi } from './create-users-api.ts';
import { reportRequest } from './report-request.ts';
import { createDynamoDbIdempotencyStore } from './store/dynamodb/dynamodb-idempotency-store.ts';
import { createDynamoDbUsersStore } from './store/dynamodb/dynamodb-users-store.ts';

const { authConfig, ...config } = readConfig();
const documents = dynamoDocuments();
const tableName = config.usersTable;
const clock = Date.now;

/**
 * Behind a gateway tokens are the authorizer's matter: what verifies them is loaded only where there is none. It begins
 * with the function, so that a wrong configuration, a rejection that nobody handles, ends the start and not a request.
 */
const verifier =
  authConfig === undefined
    ? undefined
    : import('./adapters/token-verifier.ts').then(({ createBearerVerifier }) =>
        createBearerVerifier(authConfig, { http: createHttpClient(), secrets: secretStore(), clock }),
      );

/** The users API, behind an HTTP API, a REST API or a function URL. */
export const handler = observe(
  createUsersApi({
    store: createDynamoDbUsersStore({ documents, tableName }),
    idempotencyStore: createDynamoDbIdempotencyStore({ documents, tableName }),
    clock,
    newId: randomUUID,
    authenticate: createAuthenticate({
      iamScopes: config.iamScopes,
      ...(verifier && { loadVerifier: async () => verifier }),
    }),
    cors: config.cors,
    basePath: config.basePath,
    validateResponses: config.validateResponses,
    onRequestEnd: (end) => reportRequest(end, currentInvocation()),
    onIdempotencyError: (error) => currentInvocation()?.log.warn('an answer was not kept', { error }),
  }),
  { service: config.service },
);
