import { problem } from './problem.ts';
import type { Problem, ProblemInit } from './problem.ts';

/**
 * A problem as an error, for code that answers HTTP anyway (a guard, a parser). Domain code throws its own errors, which
 * know no HTTP, and the app's `mapError` makes problems of them.
 */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem';
  readonly code: string;
  readonly problem: Problem;

  constructor(init: ProblemInit, options?: ErrorOptions) {
    super(init.detail ?? init.title ?? init.code, options);
    this.code = init.code;
    this.problem = problem(init);
  }
}
