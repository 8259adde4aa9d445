import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { HttpRequest, MultiValues } from '../request/http-request.ts';
import type { ResponseHeaders } from '../response/http-response.ts';
import type { BodyDefinition, Contract, Operation, ResponseDefinition, Schema } from './operation.ts';

/** What the guard needs to know of a caller. `kind: 'service'` may call internal operations. */
export interface PrincipalLike {
  readonly kind: string;
  readonly scopes: readonly string[];
  /** Seconds since the epoch; refused from then on, also when an authorizer's cached answer still says yes. */
  readonly expiresAtSeconds?: number;
}

type RequestOf<O extends Operation> = O extends { readonly request: infer R } ? R : unknown;
type Output<S> = S extends Schema ? StandardSchemaV1.InferOutput<S> : never;

/** `{id}` and `{proxy+}` of a path template, as a union of names. */
export type PathParameterNames<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? (Name extends `${infer Greedy}+` ? Greedy : Name) | PathParameterNames<Rest>
  : never;

export type ParamsOf<O extends Operation> =
  RequestOf<O> extends { readonly params: infer S }
    ? Output<S>
    : Readonly<Record<PathParameterNames<O['path']>, string>>;
export type QueryOf<O extends Operation> =
  RequestOf<O> extends { readonly query: infer S } ? Output<S> : MultiValues;
export type HeadersOf<O extends Operation> =
  RequestOf<O> extends { readonly headers: infer S } ? Output<S> : MultiValues;
export type BodyOf<O extends Operation> =
  RequestOf<O> extends { readonly body: infer B }
    ? B extends BodyDefinition
      ? Output<B['schema']> | (B extends { readonly required: false } ? undefined : never)
      : Output<B>
    : undefined;
export type PrincipalOf<O extends Operation, P> = O['access'] extends { readonly kind: 'public' }
  ? undefined
  : P;

/** What a handler is given: everything validated, by the types that the operation's schemas say. */
export interface HandlerInput<O extends Operation, P> {
  readonly params: ParamsOf<O>;
  /** By the query's schema; without one, every value as sent. */
  readonly query: QueryOf<O>;
  readonly headers: HeadersOf<O>;
  /** `undefined` for an operation that takes no body. */
  readonly body: BodyOf<O>;
  /** `undefined` for a public operation. */
  readonly principal: PrincipalOf<O, P>;
  readonly request: HttpRequest;
  /** Fires shortly before the function's timeout, when the caller is answered 504. Pass it on to whatever waits. */
  readonly signal: AbortSignal;
}

type BodyResult<R> = R extends { readonly body: infer S extends Schema }
  ? { readonly body: StandardSchemaV1.InferInput<S> }
  : R extends { readonly stream: true }
    ? { readonly body: AsyncIterable<string | Uint8Array> }
    : R extends { readonly contentType: string }
      ? { readonly body: string | Uint8Array }
      : { readonly body?: undefined };

/** One answer: a status of the contract, with the body that it declares. */
export type OperationResult<Status, R> = BodyResult<R> & {
  readonly status: Status;
  readonly headers?: ResponseHeaders;
  /** Whole `Set-Cookie` values. */
  readonly cookies?: readonly string[];
  /**
   * Opaque version of the representation, without quotes: it becomes a strong ETag (RFC 9110 8.8.3), and is compared
   * with If-None-Match.
   */
  readonly version?: string | number;
};

/** Any answer of the operation that is not a problem. */
export type ResultOf<O extends Operation> = {
  [S in keyof O['responses']]: O['responses'][S] extends { readonly problems: readonly string[] }
    ? never
    : O['responses'][S] extends ResponseDefinition
      ? OperationResult<S, O['responses'][S]>
      : never;
}[keyof O['responses']];

export type Handler<O extends Operation, P> = (
  input: HandlerInput<O, P>,
) => ResultOf<O> | Promise<ResultOf<O>>;

/** Exactly one handler for each operation: one missing, or one too many in a literal, is a type error. */
export type Handlers<C extends Contract, P> = { readonly [Id in keyof C]: Handler<C[Id], P> };
