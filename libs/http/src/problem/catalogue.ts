import { CONDITIONAL_PROBLEMS } from '../features/conditional/conditional-problems.ts';
import { IDEMPOTENCY_PROBLEMS } from '../features/idempotency/idempotency-problems.ts';
import { KERNEL_PROBLEMS } from './kernel-problems.ts';
import { problemsOf } from './problem-table.ts';

/**
 * Every problem that the library itself answers, with its status and what it says by default. Codes are never used
 * again for something else. docs/lifecycle.md has the same table; a test holds the two together. The library's own modules import
 * their part of it: a function's bundle has this whole only if the function asks for it.
 */
export const HTTP_PROBLEMS = {
  ...KERNEL_PROBLEMS,
  ...CONDITIONAL_PROBLEMS,
  ...IDEMPOTENCY_PROBLEMS,
} as const;

export type HttpProblemCode = keyof typeof HTTP_PROBLEMS;

/** A problem of the catalogue, to be thrown. */
export const httpProblem = /* @__PURE__ */ problemsOf(HTTP_PROBLEMS);
