import { HttpProblem } from './http-problem.ts';
import type { ProblemInit } from './problem.ts';

export interface ProblemEntry {
  readonly status: number;
  readonly detail: string;
}

/** Codes to their status and to what they say by default. */
export type ProblemTable = Readonly<Record<string, ProblemEntry>>;

export type ProblemDetails = Pick<ProblemInit, 'errors' | 'headers'> & {
  readonly detail?: string;
  readonly cause?: unknown;
};

/**
 * Makes problems of one table, to be thrown. The kernel and each feature have a table of their own, so that a bundle holds the texts
 * of what it imports and no others.
 */
export function problemsOf<Code extends string>(
  table: Readonly<Record<Code, ProblemEntry>>,
): (code: Code, details?: ProblemDetails) => HttpProblem {
  return (code, details = {}) => {
    const { cause, ...more } = details;
    const { status, detail } = table[code];
    return new HttpProblem({ status, detail, code, ...more }, cause === undefined ? {} : { cause });
  };
}
