import type { CodeOf } from './catalogue.ts';
import { HttpProblem } from './http-problem.ts';
import type { ProblemError } from './problem.ts';

/** A 400 of the library's own, to be thrown; most of what it refuses is one. */
export function badRequest(
  code: CodeOf<400>,
  detail: string,
  more: ErrorOptions & { readonly errors?: readonly ProblemError[] } = {},
): HttpProblem {
  const { errors } = more;
  return new HttpProblem(
    { status: 400, title: 'Bad Request', code, detail, ...(errors && { errors }) },
    more,
  );
}
