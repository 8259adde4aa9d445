import { problemsOf } from '../../problem/problem-table.ts';
import type { ProblemTable } from '../../problem/problem-table.ts';

/** What Idempotency-Key adds to the catalogue. */
export const IDEMPOTENCY_PROBLEMS = {
  HTTP_IDEMPOTENCY_KEY_REQUIRED: { status: 400, detail: 'This operation needs an Idempotency-Key header.' },
  HTTP_IDEMPOTENCY_KEY_INVALID: {
    status: 400,
    detail: 'Idempotency-Key takes one quoted string of 1 to 255 printable characters.',
  },
  HTTP_IDEMPOTENCY_IN_FLIGHT: { status: 409, detail: 'A request with this Idempotency-Key is under way.' },
  HTTP_IDEMPOTENCY_KEY_REUSED: {
    status: 422,
    detail: 'This Idempotency-Key belongs to a different request.',
  },
} as const satisfies ProblemTable;

/** A problem of Idempotency-Key, to be thrown. */
export const idempotencyProblem = /* @__PURE__ */ problemsOf(IDEMPOTENCY_PROBLEMS);
