import type { FunctionInvoker } from '../lambda/function-invoker.ts';
import { newTraceHeader } from '../lambda/trace-header.ts';

/**
 * Has every invocation traced (`--sample-all`), also those of event sources, which carry no trace header, and of clients that
 * ask for none. AWS samples the first request of a second and 5 % of the rest, which is no help when one looks for one request.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html
 */
export function sampleEveryInvocation(
  invoker: FunctionInvoker,
  clock: () => number = Date.now,
): FunctionInvoker {
  return {
    invoke: (functionArn, payload, options) =>
      invoker.invoke(functionArn, payload, {
        ...options,
        traceHeader: (options?.traceHeader ?? newTraceHeader(clock())).replace(
          /;Sampled=[^;]*|$/,
          ';Sampled=1',
        ),
      }),
  };
}
