import type { HttpResponse } from '../response/http-response.ts';
import { lowerCaseNames } from '../response/header-lists.ts';
import type { Problem } from './problem.ts';

export interface ProblemContext {
  readonly requestId: string;
  readonly instance: string | undefined;
  readonly typeBase: string | undefined;
}

/**
 * A problem as `application/problem+json` (RFC 9457 3). From 500 on, `detail` and `errors` stay behind: they were
 * written for whoever runs the service.
 */
export function problemResponse(problem: Problem, context: ProblemContext): HttpResponse {
  const { status, title, code } = problem;
  const isServerError = status >= 500;
  const type =
    problem.type === 'about:blank' && context.typeBase !== undefined ? context.typeBase + code : problem.type;
  const body = {
    type,
    title,
    status,
    detail: isServerError ? undefined : problem.detail,
    instance: problem.instance ?? context.instance,
    code,
    requestId: problem.requestId ?? context.requestId,
    errors: isServerError ? undefined : problem.errors,
  };
  return {
    status,
    headers: { ...lowerCaseNames(problem.headers), 'content-type': 'application/problem+json' },
    body: JSON.stringify(body),
  };
}
