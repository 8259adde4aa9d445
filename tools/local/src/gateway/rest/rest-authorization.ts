import type { PolicyAnswer } from '../authorization/authorizer-answer.ts';
import type { ResultCache } from '../authorization/result-cache.ts';
import type { GatewayRuntime } from '../gateway-runtime.ts';

/** What authorizing needs beside the call. */
export interface RestAuthorization {
  readonly runtime: GatewayRuntime;
  readonly cache: ResultCache<PolicyAnswer>;
}
