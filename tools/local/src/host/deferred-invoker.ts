import type { FunctionInvoker } from '../lambda/function-invoker.ts';

/**
 * An invoker that can be handed out before the real one exists: functions need the fronts' URLs in their environment,
 * and fronts need an invoker. Calls wait until it is set.
 */
export function createDeferredInvoker(): {
  readonly invoker: FunctionInvoker;
  readonly set: (invoker: FunctionInvoker) => void;
} {
  let set: (invoker: FunctionInvoker) => void = () => undefined;
  let current: FunctionInvoker | undefined;
  const later = new Promise<FunctionInvoker>((resolve) => {
    set = (invoker) => {
      current = invoker;
      resolve(invoker);
    };
  });
  return {
    set: (invoker) => set(invoker),
    invoker: {
      invoke: async (functionArn, payload, options) =>
        (current ?? (await later)).invoke(functionArn, payload, options),
    },
  };
}
