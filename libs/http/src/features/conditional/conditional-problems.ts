import { problemsOf } from '../../problem/problem-table.ts';
import type { ProblemTable } from '../../problem/problem-table.ts';

/** What conditional requests add to the catalogue. */
export const CONDITIONAL_PROBLEMS = {
  HTTP_PRECONDITION_INVALID: {
    status: 400,
    detail: 'If-Match and If-None-Match take quoted entity tags, or *.',
  },
  HTTP_PRECONDITION_FAILED: {
    status: 412,
    detail: 'The resource is not of the version that If-Match names.',
  },
  HTTP_PRECONDITION_REQUIRED: { status: 428, detail: 'Name the version that this changes in If-Match.' },
} as const satisfies ProblemTable;

/** A problem of conditional requests, to be thrown. */
export const conditionalProblem = /* @__PURE__ */ problemsOf(CONDITIONAL_PROBLEMS);
