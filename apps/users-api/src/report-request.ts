import type { Contract, RequestEnd } from '@gatehouse/http';
import type { Invocation } from '@gatehouse/observability';
import { usersContract } from '@gatehouse/users-contract';

const contract: Contract = usersContract;

/** The operation as the contract writes it; never the raw path, which would be a metric of its own for each id. */
function routeOf(operationId: string | undefined): string | undefined {
  const operation = operationId === undefined ? undefined : contract[operationId];
  return operation && `${operation.method} ${operation.path}`;
}

/**
 * Puts a request's end into its invocation's telemetry: route, kind of caller, code; and for an answer of 500 or more a line
 * with what was thrown, which no caller is told.
 */
export function reportRequest(
  { operationId, principal, problem, status, error }: RequestEnd,
  invocation: Invocation | undefined,
): void {
  const route = routeOf(operationId);
  invocation?.describe({
    ...(route === undefined ? {} : { route }),
    principalKind: principal?.kind ?? 'anonymous',
    ...(problem === undefined ? {} : { errorCode: problem.code }),
  });
  if (status >= 500) {
    invocation?.log.error('request failed', { status, code: problem?.code, error });
  }
}
