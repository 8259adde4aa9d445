import type { Operation, ProblemsDefinition, ResponseDefinition, ResponseDefinitions } from '@gatehouse/http';
import { isVersionedRead, kernelProblems, NOT_MODIFIED } from './kernel-answers.ts';

/** What a status of the kernel's means, where an operation does not say more of it. */
const DESCRIPTIONS: Readonly<Record<number, string>> = {
  400: 'The request is malformed, or does not fit its schema.',
  401: 'Nobody is signed in, or not any more.',
  403: 'The caller lacks the scope.',
  409: 'The first request of this Idempotency-Key is under way.',
  413: 'The body is too large.',
  415: 'The body is of another media type.',
  422: 'The Idempotency-Key belongs to a different request.',
  428: 'The request does not say which version it changes.',
  500: 'An unexpected error. The log has it under the requestId.',
  504: 'The answer was not ready in time; what was asked for may have been done.',
};

/**
 * Every answer that the function may give to an operation: those that the contract declares, and the kernel's own. 500 and 504
 * stand there by number, not as `default`: generators of clients take `default` for all that has no number, and so would promise
 * problem details of the fronts' own errors, which have another form; some take it for the answer of success.
 * Throws a TypeError for a status that is a problem of the kernel's, and declared as something else.
 */
export function answersOf(operation: Operation): ResponseDefinitions {
  const answers: Record<number, ResponseDefinition | ProblemsDefinition> = {
    ...(isVersionedRead(operation) ? { 304: NOT_MODIFIED } : {}),
    ...operation.responses,
  };
  for (const { code, status } of kernelProblems(operation)) {
    const { description, problems } = problemsUnder(status, answers[status]);
    answers[status] = { description, problems: problems.includes(code) ? problems : [...problems, code] };
  }
  return answers;
}

function problemsUnder(
  status: number,
  declared: ResponseDefinition | ProblemsDefinition = {
    description: DESCRIPTIONS[status] ?? '',
    problems: [],
  },
): ProblemsDefinition {
  if ('problems' in declared) {
    return declared;
  }
  throw new TypeError(
    `A ${status} of the kernel's has problem details: it cannot be ${declared.description}`,
  );
}
