import type { RequestEnd } from './options.ts';

/** The default `onRequestEnd`: a failure is one line of JSON in the function's log, with the stack that no caller sees. */
export function reportFailure(end: RequestEnd): void {
  if (end.status < 500) return;
  const { error, problem } = end;
  const line = {
    level: 'ERROR',
    message: problem?.detail ?? problem?.title ?? 'Request failed',
    code: problem?.code,
    status: end.status,
    operationId: end.operationId,
    requestId: end.request.requestId,
    error: error instanceof Error ? error.stack : error,
    cause: error instanceof Error && error.cause instanceof Error ? error.cause.stack : undefined,
  };
  // eslint-disable-next-line no-console -- a function's log is its console; without a logger a 500 must not be silent
  console.error(JSON.stringify(line));
}
