import type { Problem } from './problem.ts';

/**
 * A problem as an error, for code that answers HTTP anyway (a guard, a parser): `throw new HttpProblem(problem({ status: 409, ... }))`.
 * Domain code throws its own errors, which know no HTTP, and the app's `mapError` makes problems of them.
 */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem';
  readonly code: string;
  readonly problem: Problem;

  constructor(problem: Problem, options?: ErrorOptions) {
    super(problem.detail ?? problem.title, options);
    this.code = problem.code;
    this.problem = problem;
  }
}
