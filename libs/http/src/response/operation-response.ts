import type { HttpResponse } from './http-response.ts';

/** A handler's answer as text or bytes, with the version that it named. */
export interface OperationResponse extends HttpResponse {
  readonly version?: string | undefined;
}
