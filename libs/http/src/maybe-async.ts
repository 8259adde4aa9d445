/** A value now or later. Steps that are seldom asynchronous stay off the microtask queue where they are not. */
export type MaybePromise<T> = T | PromiseLike<T>;

export function isPromiseLike(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function'
  );
}

/** `next(value, context)`, at once or when the value has come. The context saves a closure for each step of each request. */
export function chain<T, C, U>(
  value: MaybePromise<T>,
  context: C,
  next: (value: T, context: C) => MaybePromise<U>,
): MaybePromise<U> {
  return isPromiseLike(value) ? value.then((settled) => next(settled, context)) : next(value, context);
}
