import type { Context } from 'aws-lambda';

/** A context as Lambda gives it, for a function `test` with `remainingMs` left. */
export function lambdaContext(overrides: Partial<Context> & { readonly remainingMs?: number } = {}): Context {
  const { remainingMs = 3_000, ...members } = overrides;
  const context: Omit<Context, 'done' | 'fail' | 'succeed'> = {
    callbackWaitsForEmptyEventLoop: true,
    functionName: 'test',
    functionVersion: '$LATEST',
    invokedFunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:test',
    memoryLimitInMB: '512',
    awsRequestId: '8476a536-e9f4-11e8-9739-2dfe598c3fcd',
    logGroupName: '/aws/lambda/test',
    logStreamName: '2026/11/22/[$LATEST]0000',
    getRemainingTimeInMillis: () => remainingMs,
    ...members,
  };
  // Node 24's runtime has no callbacks any more.
  return context as Context;
}
