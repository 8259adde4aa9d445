import { UsersError } from '../../model/errors.ts';

/** Names of failures that pass by themselves. DynamoDB Developer Guide, "Error handling"; AbortError is a deadline's. */
const passing = new Set([
  'AbortError',
  'InternalServerError',
  'InternalServerErrorException',
  'ItemCollectionSizeLimitExceededException',
  'LimitExceededException',
  'ProvisionedThroughputExceededException',
  'ReplicatedWriteConflictException',
  'RequestLimitExceeded',
  'RequestTimeout',
  'ServiceUnavailable',
  'ServiceUnavailableException',
  'ThrottlingException',
  'ThrottlingError',
  'TransactionConflictException',
  'TransactionInProgressException',
]);

/** The client's codes for a call that got no answer. */
const unanswered = new Set([
  'CLIENTS_ABORTED',
  'CLIENTS_CONNECT_FAILED',
  'CLIENTS_CONNECTION_LOST',
  'CLIENTS_TIMEOUT',
  'CLIENTS_TLS_FAILED',
]);

interface ServiceFailure {
  readonly name?: unknown;
  readonly code?: unknown;
  readonly status?: unknown;
}

/**
 * True when the failure says nothing about the request: the service throttles or is down, the connection broke, the
 * time ran out. A refusal (no permission, no such table, a malformed request) is none: it would not pass.
 */
export function isPassingFailure(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) {
    return false;
  }
  const { name, code, status } = error as ServiceFailure;
  return (
    (typeof name === 'string' && passing.has(name)) ||
    (typeof code === 'string' && unanswered.has(code)) ||
    (typeof status === 'number' && status >= 500)
  );
}

/** The store's own error for a failure that passes; anything else unchanged, as it is a defect. */
export function toStoreFailure(error: unknown): unknown {
  return isPassingFailure(error)
    ? new UsersError('USERS_STORE_UNAVAILABLE', 'The store does not answer now.', {
        cause: error,
        retryAfterSeconds: 1,
      })
    : error;
}
