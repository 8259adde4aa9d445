import { kernelProblem } from '../problem/kernel-problems.ts';
import type { Front } from '../request/http-request.ts';
import type { InvocationContext } from './options.ts';
import type { RequestExchange } from './request-exchange.ts';

/**
 * How long a front waits for a function, in milliseconds; a function URL waits as long as the function runs.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
 */
const FRONT_TIMEOUT_MS: Readonly<Record<Front, number>> = {
  rest: 29_000,
  'http-1.0': 30_000,
  'http-2.0': 30_000,
  url: Infinity,
};

/**
 * `outcome`, or a problem (504, HTTP_DEADLINE_EXCEEDED) `marginMs` before the function's or the front's time is up,
 * whichever comes first; the exchange's signal fires then. Without a Lambda context there is no deadline.
 */
export function withDeadline<T>(
  outcome: PromiseLike<T>,
  exchange: RequestExchange,
  options: { readonly context: InvocationContext | undefined; readonly marginMs: number },
): PromiseLike<T> {
  const functionMs = options.context?.getRemainingTimeInMillis?.();
  if (functionMs === undefined) return outcome;
  const remainingMs = Math.min(functionMs, FRONT_TIMEOUT_MS[exchange.request.front]);
  return new Promise<T>((resolve, reject) => {
    const timer = setTimeout(
      () => {
        const problem = kernelProblem('HTTP_DEADLINE_EXCEEDED');
        reject(problem);
        exchange.abort(problem);
      },
      Math.max(0, remainingMs - options.marginMs),
    );
    outcome.then(
      (value) => {
        clearTimeout(timer);
        resolve(value);
      },
      (error: unknown) => {
        clearTimeout(timer);
        reject(error instanceof Error ? error : new Error(String(error), { cause: error }));
      },
    );
  });
}
