import { currentInvocation } from '@gatehouse/observability';

/** Kept back from the invocation's time, for the handler to answer with. */
const reserveMs = 50;

/**
 * Milliseconds that a call may take so that the running invocation still has time to answer; without end where none runs.
 * @param remainingMs what is left of the invocation.
 */
export function timeForCallMs(remainingMs: () => number = remainingInvocationMs): number {
  return Math.max(1, remainingMs() - reserveMs);
}

function remainingInvocationMs(): number {
  return currentInvocation()?.remainingMs() ?? Infinity;
}
