import type { ObservedInvocation } from './create-invocation.ts';
import type { Invocation } from './invocation.ts';

/** Where the running invocation is found without being passed on. */
interface InvocationSlot {
  run<T>(invocation: ObservedInvocation, work: () => T): T;
  get(): ObservedInvocation | undefined;
  clear(invocation: ObservedInvocation): void;
}

/**
 * An environment of Lambda runs one invocation at a time, so a variable is enough; an AsyncLocalStorage would slow
 * down every await on Node 20.
 */
function createSingleSlot(): InvocationSlot {
  let current: ObservedInvocation | undefined;
  return {
    run(invocation, work) {
      current = invocation;
      return work();
    },
    get: () => current,
    clear(invocation) {
      if (current === invocation) current = undefined;
    },
  };
}

function createConcurrentSlot(): InvocationSlot {
  const { AsyncLocalStorage } = process.getBuiltinModule('node:async_hooks');
  const storage = new AsyncLocalStorage<ObservedInvocation>();
  return {
    run: (invocation, work) => storage.run(invocation, work),
    get: () => storage.getStore(),
    clear: () => undefined,
  };
}

let slot = createSingleSlot();

/** Tells concurrent invocations apart from now on, or no longer. Called when a function starts. */
export function separateInvocations(concurrent: boolean): void {
  slot = concurrent ? createConcurrentSlot() : createSingleSlot();
}

/**
 * The running invocation, for libraries that are not handed it. Undefined while the environment starts, between
 * invocations, and where nothing is observed, as in unit tests.
 */
export function currentInvocation(): Invocation | undefined {
  return slot.get();
}

/** The running invocation with what only this library sees of it. */
export function observedInvocation(): ObservedInvocation | undefined {
  return slot.get();
}

export function runInvocation<T>(invocation: ObservedInvocation, work: () => T): T {
  return slot.run(invocation, work);
}

export function clearInvocation(invocation: ObservedInvocation): void {
  slot.clear(invocation);
}
