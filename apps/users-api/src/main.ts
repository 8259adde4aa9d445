import { randomUUID } from 'node:crypto';
import type { TokenVerifier } from '@gatehouse/auth';
import { createHttpClient, dynamoDocuments, secretStore } from '@gatehouse/clients';
import { currentInvocation, observe } from '@gatehouse/observability';
import { createAuthenticate } from './authenticate.ts';
import { readConfig } from './config.ts';
import { createUsersApi } from './create-users-api.ts';
import { reportRequest } from './report-request.ts';
import { createDynamoDbIdempotencyStore } from './store/dynamodb/dynamodb-idempotency-store.ts';
import { createDynamoDbUsersStore } from './store/dynamodb/dynamodb-users-store.ts';

const { auth, ...config } = readConfig();
const documents = dynamoDocuments();
const tableName = config.usersTable;
const clock = Date.now;

let verifier: TokenVerifier | undefined;

/** Behind a gateway tokens are the authorizer's matter: what verifies them is loaded where there is none. */
const authentication = auth && {
  loadVerifier: async (): Promise<TokenVerifier> => {
    const { createBearerVerifier } = await import('./adapters/token-verifier.ts');
    return (verifier ??= createBearerVerifier(auth, {
      http: createHttpClient(),
      secrets: secretStore(),
      clock,
    }));
  },
};

/** The users API, behind an HTTP API, a REST API or a function URL. */
export const handler = observe(
  createUsersApi({
    store: createDynamoDbUsersStore({ documents, tableName }),
    idempotencyStore: createDynamoDbIdempotencyStore({ documents, tableName }),
    clock,
    newId: randomUUID,
    authenticate: createAuthenticate(authentication),
    cors: config.cors,
    basePath: config.basePath,
    validateResponses: config.validateResponses,
    onRequestEnd: (end) => reportRequest(end, currentInvocation()),
    onIdempotencyError: (error) => currentInvocation()?.log.warn('an answer was not kept', { error }),
  }),
  { service: config.service },
);
