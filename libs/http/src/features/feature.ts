import type { Operation } from '../contract/operation.ts';
import type { PrincipalLike } from '../contract/handlers.ts';
import type { MaybePromise } from '../maybe-async.ts';
import type { HttpRequest } from '../request/http-request.ts';
import type { HeaderRecord, OutgoingResponse } from '../response/http-response.ts';
import type { OperationResponse } from '../response/operation-response.ts';

/** What a feature sees of a request under way. */
export interface Exchange {
  readonly request: HttpRequest;
  /** `undefined` where no operation matched (404, 405, preflight). */
  readonly operationId: string | undefined;
  readonly operation: Operation | undefined;
  /** Methods that the path has, sorted; empty for an unknown path. */
  readonly allow: readonly string[];
  /** The operation that `method` would reach at the same path. */
  operationFor(method: string): Operation | undefined;
  /** Set once the guard has passed a caller. */
  readonly principal: PrincipalLike | undefined;
  /**
   * Whether bytes that are not UTF-8 reach the caller as they are. A REST API decodes a base64 result only if the first media type
   * of Accept is one of its binary media types.
   */
  readonly takesBytes: boolean;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
}

/** What an operation may require that the kernel by itself does not do; `stream`: by a response of it. */
export type Demand = 'precondition' | 'idempotency' | 'stream';

/**
 * Something that a handler has only if it imports it: CORS, compression, conditional requests, idempotency. A feature
 * fills in the hooks it needs, each named after its moment, so that the order in a list of features does not matter but
 * for those around the handler: `preflight` > guard > `admit` > validation > `invoke` > handler > `inspect` > `represent` > `encode` >
 * `finish`. A response's headers are one record that belongs to its request: a hook writes into it, with names in lower case.
 */
export interface Feature {
  readonly name: string;
  /** Which demands of an operation the feature meets. An operation whose demand nobody meets is a TypeError. */
  readonly serves?: readonly Demand[];
  /** Throws a TypeError for an operation that the feature cannot serve. Called once for each when the handler is made. */
  readonly check?: (operationId: string, operation: Operation) => void;
  /** May answer before anything else does: a CORS preflight. */
  readonly preflight?: (exchange: Exchange) => OutgoingResponse | undefined;
  /** May refuse a caller whom the guard has passed, by throwing a problem: a missing precondition. */
  readonly admit?: (exchange: Exchange) => void;
  /** Around the handler, after guard and validation, the first in the list outermost. `next` rejects with what the handler threw. */
  readonly invoke?: (
    exchange: Exchange,
    next: () => Promise<OperationResponse>,
  ) => Promise<OperationResponse>;
  /** May refuse what the handler answered, by throwing, before anything around the handler sees it: a body that does not fit its schema. */
  readonly inspect?: (response: OperationResponse, exchange: Exchange) => MaybePromise<void>;
  /** On what the handler answered, before any coding: validators, 304, Cache-Control. */
  readonly represent?: (response: OperationResponse, exchange: Exchange) => OperationResponse;
  /** On every answer with its body as text or bytes: content coding. */
  readonly encode?: (response: OutgoingResponse, exchange: Exchange) => MaybePromise<OutgoingResponse>;
  /** On the headers of every answer, errors included, last. */
  readonly finish?: (headers: HeaderRecord, exchange: Exchange) => void;
}
