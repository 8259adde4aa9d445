import type { OutgoingResponse } from './http-response.ts';

/** A handler's answer as text or bytes, with the version that it named. */
export interface OperationResponse extends OutgoingResponse {
  readonly version?: string | undefined;
}
