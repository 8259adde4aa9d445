import { problemsOf } from './problem-table.ts';
import type { ProblemTable } from './problem-table.ts';

/** What the kernel answers whichever features it has. */
export const KERNEL_PROBLEMS = {
  HTTP_PATH_ENCODING_INVALID: { status: 400, detail: 'The path has a percent sequence that is not UTF-8.' },
  HTTP_QUERY_ENCODING_INVALID: { status: 400, detail: 'The query has a percent sequence that is not UTF-8.' },
  HTTP_BODY_ENCODING_INVALID: { status: 400, detail: 'The body is not UTF-8.' },
  HTTP_BODY_NOT_JSON: { status: 400, detail: 'The body is not JSON.' },
  HTTP_BODY_TOO_DEEP: { status: 400, detail: 'The body is nested too deeply.' },
  HTTP_BODY_KEY_FORBIDDEN: { status: 400, detail: 'The body has a key that is not allowed: __proto__.' },
  HTTP_BODY_REQUIRED: { status: 400, detail: 'A body is required.' },
  HTTP_REQUEST_INVALID: { status: 400, detail: 'The request does not fit its schema.' },
  HTTP_UNAUTHENTICATED: { status: 401, detail: 'Credentials are missing or not accepted.' },
  HTTP_CREDENTIALS_EXPIRED: { status: 401, detail: 'The credentials have expired.' },
  HTTP_SCOPE_MISSING: { status: 403, detail: 'The credentials lack a scope that this operation needs.' },
  HTTP_INTERNAL_ONLY: { status: 403, detail: 'This operation is for services of the same system.' },
  HTTP_NOT_FOUND: { status: 404, detail: 'Nothing is at this path.' },
  HTTP_METHOD_NOT_ALLOWED: { status: 405, detail: 'The path does not take this method.' },
  HTTP_BODY_TOO_LARGE: { status: 413, detail: 'The body is too large.' },
  HTTP_CONTENT_TYPE_UNSUPPORTED: {
    status: 415,
    detail: 'The body is of a media type that is not taken here.',
  },
  HTTP_INTERNAL: { status: 500, detail: 'An unexpected error.' },
  HTTP_DEADLINE_EXCEEDED: { status: 504, detail: 'The answer was not ready in time.' },
} as const satisfies ProblemTable;

/** A problem of the kernel, to be thrown. */
export const kernelProblem = /* @__PURE__ */ problemsOf(KERNEL_PROBLEMS);
