import type { UsersOperationId } from '../users-contract.ts';
import type { OperationAddress } from './build-request.ts';
import { UsersClientError, type ApiProblem } from './errors.ts';
import { operationAddresses } from './operation-addresses.ts';
import { parseRetryAfter } from './retry-after.ts';
import type { ClientResponse } from './transport.ts';

export interface ReadAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/**
 * An answer that is no error, its JSON parsed. Throws UsersClientError: USERS_CLIENT_PROBLEM for a status of 400 and
 * more, USERS_CLIENT_RESPONSE_INVALID for what the operation does not answer.
 *
 * @param nowMs milliseconds since the epoch, when the answer came
 */
export function readResponse(
  operationId: UsersOperationId,
  response: ClientResponse,
  nowMs: number,
): ReadAnswer {
  const { status, headers } = response;
  if (status >= 400) {
    throw problemError(operationId, response, nowMs);
  }
  const { answers }: OperationAddress = operationAddresses[operationId];
  const form = answers[status];
  if (form === undefined) {
    throw new UsersClientError('USERS_CLIENT_RESPONSE_INVALID', operationId, { status });
  }
  if (form === 'empty') {
    return { status, headers, body: undefined };
  }
  try {
    return { status, headers, body: parse(response) };
  } catch (cause) {
    throw new UsersClientError('USERS_CLIENT_RESPONSE_INVALID', operationId, { status, cause });
  }
}

function problemError(operationId: string, response: ClientResponse, nowMs: number): UsersClientError {
  const retryAfterSeconds = parseRetryAfter(response.headers['retry-after'], nowMs);
  const problem = readProblem(response);
  return new UsersClientError('USERS_CLIENT_PROBLEM', operationId, {
    status: response.status,
    ...(problem === undefined ? {} : { problem }),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  });
}

function readProblem(response: ClientResponse): ApiProblem | undefined {
  try {
    const value = parse(response);
    return typeof value === 'object' && value !== null && typeof (value as ApiProblem).code === 'string'
      ? (value as ApiProblem)
      : undefined;
  } catch {
    // A front's own error, in whatever form: the status says enough.
    return undefined;
  }
}

function parse({ body }: ClientResponse): unknown {
  return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
}
