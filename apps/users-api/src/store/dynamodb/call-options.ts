import type { CallOptions } from '@gatehouse/clients';

/** A signal as the client takes it: its calls end when the request's deadline has passed. */
export function callOptions(signal: AbortSignal | undefined): CallOptions {
  return signal === undefined ? {} : { abortSignal: signal };
}
