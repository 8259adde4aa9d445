import { ClientsError } from '../errors.ts';

/**
 * Waits, unless the caller aborts; leaves no timer and no listener.
 * @throws {ClientsError} CLIENTS_ABORTED
 */
export function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(aborted(signal));
      return;
    }
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(aborted(signal));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

/** What a caller that gave up is told, with its reason as the cause. */
export function aborted(signal: AbortSignal | undefined): ClientsError {
  return new ClientsError('CLIENTS_ABORTED', 'the caller aborted', { cause: signal?.reason });
}
