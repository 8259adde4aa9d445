import { UsersClientError, type ApiProblem } from './errors.ts';
import type { ClientResponse } from './transport.ts';

export interface ReadAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/**
 * An answer that is no error, its JSON parsed. Throws UsersClientError: USERS_CLIENT_PROBLEM for a status of 400 and
 * more, USERS_CLIENT_RESPONSE_INVALID for what no operation answers.
 */
export function readResponse(operationId: string, response: ClientResponse): ReadAnswer {
  const { status, headers } = response;
  if (status >= 400) {
    throw problemError(operationId, response);
  }
  if (status < 200 || status >= 300) {
    throw new UsersClientError('USERS_CLIENT_RESPONSE_INVALID', operationId, { status });
  }
  if (response.body.length === 0) {
    return { status, headers, body: undefined };
  }
  try {
    return { status, headers, body: parse(response) };
  } catch (cause) {
    throw new UsersClientError('USERS_CLIENT_RESPONSE_INVALID', operationId, { status, cause });
  }
}

function problemError(operationId: string, response: ClientResponse): UsersClientError {
  const retryAfter = response.headers['retry-after'];
  const problem = readProblem(response);
  return new UsersClientError('USERS_CLIENT_PROBLEM', operationId, {
    status: response.status,
    ...(problem === undefined ? {} : { problem }),
    // The other form, a date, is not one that this API sends.
    ...(retryAfter !== undefined && /^\d{1,6}$/.test(retryAfter)
      ? { retryAfterSeconds: Number(retryAfter) }
      : {}),
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
