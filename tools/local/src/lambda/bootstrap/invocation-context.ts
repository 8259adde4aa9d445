import type { RuntimeConfig } from './config.ts';
import type { Invocation } from './runtime-client.ts';

/** How a handler of the older style says that it is done. */
export type Settle = (error: unknown, result?: unknown) => void;

/** The second argument of a handler. */
export interface InvocationContext {
  readonly functionName: string;
  readonly functionVersion: string;
  readonly invokedFunctionArn: string;
  readonly memoryLimitInMB: string;
  readonly awsRequestId: string;
  readonly logGroupName: string;
  readonly logStreamName: string;
  readonly clientContext?: unknown;
  /** Of callback handlers: whether the response waits until nothing is left to do. */
  callbackWaitsForEmptyEventLoop: boolean;
  getRemainingTimeInMillis(): number;
  /** Runtimes before nodejs24.x. */
  done?(error: unknown, result?: unknown): void;
  succeed?(result: unknown): void;
  fail?(error: unknown): void;
}

/**
 * Makes the context of one invocation.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html
 */
export function invocationContext(
  config: RuntimeConfig,
  invocation: Invocation,
  settle: Settle | undefined,
): InvocationContext {
  const { clientContext } = invocation;
  return {
    functionName: config.functionName,
    functionVersion: config.functionVersion,
    invokedFunctionArn: invocation.functionArn,
    memoryLimitInMB: config.memoryLimitInMB,
    awsRequestId: invocation.requestId,
    logGroupName: config.logGroupName,
    logStreamName: config.logStreamName,
    ...(clientContext !== undefined && { clientContext: JSON.parse(clientContext) as unknown }),
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, invocation.deadlineMs - Date.now()),
    ...(settle !== undefined && {
      done: settle,
      succeed: (result: unknown) => settle(null, result),
      fail: (error: unknown) => settle(error ?? new Error('handled')),
    }),
  };
}
