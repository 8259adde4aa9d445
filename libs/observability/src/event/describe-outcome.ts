import type { EventKind } from './describe-event.ts';

/** How an invocation ended, for the access line, the metrics and the trace. */
export interface Outcome {
  /** HTTP status that was answered; absent where there is none. */
  readonly status?: number;
  /** `ok`, or what an authorizer decided, or how the work failed. */
  readonly result: 'allow' | 'client_error' | 'deny' | 'fault' | 'ok' | 'partial' | 'unauthorized';
  /** Records that a batch reports as failed. */
  readonly failedRecords?: number;
}

/** Reads the outcome from what the handler returned. Never throws. */
export function outcomeOfResult(kind: EventKind, result: unknown): Outcome {
  if (typeof result !== 'object' || result === null) return { result: 'ok' };
  const members = result as Record<string, unknown>;
  if (kind === 'http') return outcomeOfStatus(members['statusCode']);
  if (kind === 'authorizer') return { result: isAllowed(members) ? 'allow' : 'deny' };
  const failures = members['batchItemFailures'];
  if (kind === 'records' && Array.isArray(failures) && failures.length > 0) {
    return { result: 'partial', failedRecords: failures.length };
  }
  return { result: 'ok' };
}

/**
 * Reads the outcome from what the handler threw. An authorizer says 401 by throwing an error whose message is
 * `Unauthorized`: an answer, not a fault. Source: API Gateway developer guide, "Output from a Lambda authorizer".
 */
export function outcomeOfError(kind: EventKind, error: unknown): Outcome {
  if (kind === 'authorizer' && isUnauthorized(error)) return { result: 'unauthorized' };
  return { result: 'fault' };
}

function outcomeOfStatus(status: unknown): Outcome {
  // A function URL and an HTTP API answer 200 for a result without a status.
  if (typeof status !== 'number') return { status: 200, result: 'ok' };
  return { status, result: status >= 500 ? 'fault' : status >= 400 ? 'client_error' : 'ok' };
}

function isAllowed(result: Record<string, unknown>): boolean {
  if (typeof result['isAuthorized'] === 'boolean') return result['isAuthorized'];
  const document = result['policyDocument'] as { Statement?: unknown } | undefined;
  const statements = Array.isArray(document?.Statement) ? (document.Statement as unknown[]) : [];
  return (
    statements.length > 0 &&
    statements.every((statement) => (statement as { Effect?: unknown }).Effect === 'Allow')
  );
}

function isUnauthorized(error: unknown): boolean {
  return error === 'Unauthorized' || (error instanceof Error && error.message === 'Unauthorized');
}
