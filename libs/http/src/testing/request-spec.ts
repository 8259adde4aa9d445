import type { AuthorizerResult } from '../request/authorizer-result.ts';

/** A request as a caller sends it; the builders make of it what each front would hand to the function. */
export interface RequestSpec {
  /** Default GET. */
  readonly method?: string;
  /** Path and query as on the wire, percent-encoded, without stage: `/users?limit=2`. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** Sent as it is. Text or bytes by the front's own rule. */
  readonly body?: string | Uint8Array;
  /** Sent as JSON, with `content-type: application/json` unless `headers` has one. */
  readonly json?: unknown;
  /** Template by which the front routes: `/users/{id}`. Default: a catch-all `/{proxy+}`. */
  readonly route?: string;
  /** Default: `dev` behind a REST API, `$default` elsewhere. */
  readonly stage?: string;
  /** What the front's authorizer said. Default none. */
  readonly authorizer?: AuthorizerResult;
  /** Default 192.0.2.10 (RFC 5737). */
  readonly clientIp?: string;
  readonly requestId?: string;
  /** Media types that a REST API hands over as base64. Default none. */
  readonly binaryMediaTypes?: readonly string[];
}
