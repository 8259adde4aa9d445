import { lowerCaseNames } from '../response/header-record.ts';
import type { OutgoingResponse } from '../response/http-response.ts';
import type { Problem } from './problem.ts';
import { serverErrorPhrase } from './server-error-phrase.ts';

/** What the problem itself does not say. */
export interface ProblemContext {
  /** The front's id of the request. */
  readonly requestId?: string | undefined;
  /** The request's path. */
  readonly instance?: string | undefined;
  /** URI prefix of problem types: the code is put behind it. Default: `about:blank` for all. */
  readonly typeBase?: string | undefined;
}

/**
 * A problem as `application/problem+json` (RFC 9457 3). From 500 on, `title` is the status' reason phrase, and `detail` and `errors` stay
 * behind: they were written for whoever runs the service.
 */
export function problemResponse(problem: Problem, context: ProblemContext = {}): OutgoingResponse {
  const { status, title, code, detail, errors } = problem;
  const { requestId, instance, typeBase } = context;
  const isServerError = status >= 500;
  const headers = lowerCaseNames(problem.headers);
  headers['content-type'] = 'application/problem+json';
  const body = JSON.stringify({
    type: problem.type ?? (typeBase === undefined ? 'about:blank' : typeBase + code),
    title: isServerError ? serverErrorPhrase(status) : title,
    status,
    detail: isServerError ? undefined : detail,
    instance: problem.instance ?? instance,
    code,
    requestId: problem.requestId ?? requestId,
    errors: isServerError ? undefined : errors,
  });
  return { status, headers, body };
}
