import type { FunctionInvoker, InvocationOutcome } from '../../lambda/function-invoker.ts';

export interface FakeInvocation {
  readonly functionArn: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into events member by member
  readonly event: any;
  readonly traceHeader: string | undefined;
}

/** What a fake function does: a value is its result as JSON, an outcome stands as it is. */
export type FakeFunction = (event: FakeInvocation['event']) => unknown;

export interface FakeInvoker extends FunctionInvoker {
  readonly invocations: readonly FakeInvocation[];
}

/** An invoker whose functions run here. `failWith` and `outcome` make results that are no success. */
export function createFakeInvoker(functions: Readonly<Record<string, FakeFunction>>): FakeInvoker {
  const invocations: FakeInvocation[] = [];
  return {
    invocations,
    async invoke(functionArn, payload, options) {
      const event: FakeInvocation['event'] = JSON.parse(payload);
      invocations.push({ functionArn, event, traceHeader: options?.traceHeader });
      const fn = functions[functionArn];
      if (fn === undefined) return { kind: 'unavailable', reason: `there is no function ${functionArn}` };
      const requestId = `invocation-${invocations.length}`;
      try {
        const result = await fn(event);
        if (result instanceof Outcome) return result.outcome;
        return { kind: 'success', requestId, payload: Buffer.from(JSON.stringify(result ?? null)) };
      } catch (error) {
        const errorMessage = error instanceof Error ? error.message : String(error);
        return {
          kind: 'function-error',
          requestId,
          errorType: 'Error',
          errorMessage,
          payload: Buffer.from(JSON.stringify({ errorType: 'Error', errorMessage })),
        };
      }
    },
  };
}

class Outcome {
  readonly outcome: InvocationOutcome;
  constructor(outcome: InvocationOutcome) {
    this.outcome = outcome;
  }
}

/** Lets a fake function end as the invoker itself would tell it. */
export function endAs(outcome: InvocationOutcome): unknown {
  return new Outcome(outcome);
}

/** A function that echoes its event in the body of a 200. */
export function echoEvent(event: FakeInvocation['event']): unknown {
  return { statusCode: 200, body: JSON.stringify(event) };
}
