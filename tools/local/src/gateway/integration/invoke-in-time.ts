import type { InvocationOutcome } from '../../lambda/function-invoker.ts';
import type { GatewayRuntime } from '../gateway-runtime.ts';

export interface TimedInvocation {
  readonly functionArn: string;
  /** The event, as JSON text. */
  readonly payload: string;
  /** How long the gateway waits. The function itself runs on after that, as it does on AWS. */
  readonly timeoutMs: number;
  readonly traceHeader: string;
}

/** An invocation's outcome, or that the gateway gave up waiting for it. */
export type TimedOutcome =
  InvocationOutcome | { readonly kind: 'gateway-timeout'; readonly timeoutMs: number };

/** Invokes a function and waits for at most the integration's timeout. Never rejects. */
export function invokeInTime(runtime: GatewayRuntime, invocation: TimedInvocation): Promise<TimedOutcome> {
  const { functionArn, payload, timeoutMs, traceHeader } = invocation;
  return new Promise((resolve) => {
    const cancel = runtime.timers.schedule(() => resolve({ kind: 'gateway-timeout', timeoutMs }), timeoutMs);
    runtime.invoker.invoke(functionArn, payload, { traceHeader }).then(
      (outcome) => {
        cancel();
        resolve(outcome);
      },
      (error: unknown) => {
        cancel();
        resolve({ kind: 'unavailable', reason: error instanceof Error ? error.message : String(error) });
      },
    );
  });
}

/** One sentence on an outcome that is no success, for traces. */
export function describeOutcome(outcome: Exclude<TimedOutcome, { kind: 'success' }>): string {
  switch (outcome.kind) {
    case 'function-error':
      return `the function failed with ${outcome.errorType}: ${outcome.errorMessage}`;
    case 'timeout':
      return `the function reached its own timeout of ${outcome.timeoutMs} ms`;
    case 'gateway-timeout':
      return `no answer within the integration's timeout of ${outcome.timeoutMs} ms`;
    case 'throttled':
      return `the invocation was throttled: ${outcome.reason}`;
    case 'request-too-large':
      return `the event has ${outcome.payloadBytes} bytes, Lambda takes ${outcome.limitBytes}`;
    case 'unavailable':
      return `the function cannot be run: ${outcome.reason}`;
  }
}
