import { HttpProblem } from './http-problem.ts';
import { problem } from './problem.ts';
import type { Problem } from './problem.ts';

/**
 * Every problem that the library itself answers, with its status and what it says unless it knows more. Codes are never used again
 * for something else. docs/lifecycle.md has the same table; a test holds the two together.
 *
 * The library's own modules take the types alone (`satisfies CatalogueProblem`) and say their problem where they throw it, so that
 * a function's bundle has the texts of what it imports and no others.
 */
export const HTTP_PROBLEMS = {
  HTTP_PATH_ENCODING_INVALID: { status: 400, detail: 'The path has a percent sequence that is not UTF-8.' },
  HTTP_QUERY_ENCODING_INVALID: { status: 400, detail: 'The query has a percent sequence that is not UTF-8.' },
  HTTP_BODY_ENCODING_INVALID: { status: 400, detail: 'The body is not UTF-8.' },
  HTTP_BODY_NOT_JSON: { status: 400, detail: 'The body is not JSON.' },
  HTTP_BODY_TOO_DEEP: { status: 400, detail: 'The body is nested too deeply.' },
  HTTP_BODY_KEY_FORBIDDEN: { status: 400, detail: 'The body has a key that is not allowed: __proto__.' },
  HTTP_BODY_REQUIRED: { status: 400, detail: 'A body is required.' },
  HTTP_REQUEST_INVALID: { status: 400, detail: 'The request does not fit its schema.' },
  HTTP_PRECONDITION_INVALID: {
    status: 400,
    detail: 'If-Match and If-None-Match take quoted entity tags, or *.',
  },
  HTTP_IDEMPOTENCY_KEY_REQUIRED: { status: 400, detail: 'This operation needs an Idempotency-Key header.' },
  HTTP_IDEMPOTENCY_KEY_INVALID: {
    status: 400,
    detail: 'Idempotency-Key takes one quoted string of 1 to 255 printable characters.',
  },
  HTTP_UNAUTHENTICATED: { status: 401, detail: 'Credentials are missing or not accepted.' },
  HTTP_CREDENTIALS_EXPIRED: { status: 401, detail: 'The credentials have expired.' },
  HTTP_SCOPE_MISSING: { status: 403, detail: 'The credentials lack a scope that this operation needs.' },
  HTTP_INTERNAL_ONLY: { status: 403, detail: 'This operation is for services of the same system.' },
  HTTP_NOT_FOUND: { status: 404, detail: 'Nothing is at this path.' },
  HTTP_METHOD_NOT_ALLOWED: { status: 405, detail: 'The path does not take this method.' },
  HTTP_IDEMPOTENCY_IN_FLIGHT: { status: 409, detail: 'A request with this Idempotency-Key is under way.' },
  HTTP_PRECONDITION_FAILED: {
    status: 412,
    detail: 'The resource is not of the version that If-Match names.',
  },
  HTTP_BODY_TOO_LARGE: { status: 413, detail: 'The body is too large.' },
  HTTP_CONTENT_TYPE_UNSUPPORTED: {
    status: 415,
    detail: 'The body is of a media type that is not taken here.',
  },
  HTTP_IDEMPOTENCY_KEY_REUSED: {
    status: 422,
    detail: 'This Idempotency-Key belongs to a different request.',
  },
  HTTP_PRECONDITION_REQUIRED: { status: 428, detail: 'Name the version that this changes in If-Match.' },
  HTTP_INTERNAL: { status: 500, detail: 'An unexpected error.' },
  HTTP_DEADLINE_EXCEEDED: { status: 504, detail: 'The answer was not ready in time.' },
} as const satisfies Readonly<Record<string, { readonly status: number; readonly detail: string }>>;

export type HttpProblemCode = keyof typeof HTTP_PROBLEMS;

/** A problem of the library's own: its code has its status. */
export type CatalogueProblem = {
  [Code in HttpProblemCode]: Problem & {
    readonly code: Code;
    readonly status: (typeof HTTP_PROBLEMS)[Code]['status'];
  };
}[HttpProblemCode];

/** The codes of one status. */
export type CodeOf<Status extends number> = Extract<CatalogueProblem, { readonly status: Status }>['code'];

/** A problem of the catalogue, to be thrown by an app or by a feature of its own. */
export function httpProblem(
  code: HttpProblemCode,
  details: Partial<Pick<Problem, 'detail' | 'errors' | 'headers'>> & ErrorOptions = {},
): HttpProblem {
  const { cause, ...more } = details;
  const init = { ...HTTP_PROBLEMS[code], code, ...more };
  return new HttpProblem(problem(init), cause === undefined ? {} : { cause });
}
