import type { CatalogueProblem } from '../problem/catalogue.ts';
import { HttpProblem } from '../problem/http-problem.ts';
import type { InvocationContext } from './options.ts';
import type { RequestExchange } from './request-exchange.ts';

/** What the caller is told, and the reason of the handler's signal. */
export function deadlineExceeded(): HttpProblem {
  return new HttpProblem({
    status: 504,
    title: 'Gateway Timeout',
    code: 'HTTP_DEADLINE_EXCEEDED',
    detail: 'The answer was not ready in time.',
  } satisfies CatalogueProblem);
}

/** How long a front waits for a function, in milliseconds; a function URL waits as long as the function runs. */
const FRONT_TIMEOUT_MS = { rest: 29_000, 'http-1.0': 30_000, 'http-2.0': 30_000, url: Infinity } as const;

/** What a deadline is worked out from. */
export interface DeadlineTimes {
  readonly context: InvocationContext | undefined;
  readonly marginMs: number;
  readonly frontTimeoutMs: number | undefined;
}

/**
 * `outcome`, or a problem (504, HTTP_DEADLINE_EXCEEDED) `marginMs` before the function's or the front's time is up,
 * whichever comes first; the exchange's signal fires then. Without a Lambda context there is no deadline.
 */
export async function withDeadline<T>(
  outcome: PromiseLike<T>,
  exchange: RequestExchange,
  { context, marginMs, frontTimeoutMs }: DeadlineTimes,
): Promise<T> {
  const functionMs = context?.getRemainingTimeInMillis?.();
  if (functionMs === undefined) return outcome;
  const { front, receivedAtMs } = exchange.request;
  const frontMs = frontTimeoutMs ?? FRONT_TIMEOUT_MS[front];
  // The front's time runs while a cold start does. What it took longer ago, nobody waits for: such an event is a test's.
  const waitedMs = exchange.clock() - receivedAtMs;
  const frontRemainingMs = waitedMs > 0 && waitedMs < frontMs ? frontMs - waitedMs : frontMs;
  const remainingMs = Math.min(functionMs, frontRemainingMs) - marginMs;
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_resolve, reject) => {
    const expire = (): void => {
      const problem = deadlineExceeded();
      reject(problem);
      exchange.abort(problem);
    };
    timer = setTimeout(expire, Math.max(0, remainingMs));
  });
  try {
    return await Promise.race([outcome, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
