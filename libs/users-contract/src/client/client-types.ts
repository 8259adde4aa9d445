import type { BodyDefinition, Operation, ResponseDefinition, Schema } from '@gatehouse/http';
import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { UsersContract, UsersOperationId } from '../users-contract.ts';

type Input<S> = S extends Schema ? StandardSchemaV1.InferInput<S> : never;
type Output<S> = S extends Schema ? StandardSchemaV1.InferOutput<S> : never;
type RequestOf<O> = O extends { readonly request: infer R } ? R : unknown;

type Part<Name extends string, T> = object extends T
  ? Readonly<Partial<Record<Name, T>>>
  : Readonly<Record<Name, T>>;

type ParamsPart<R> = R extends { readonly params: infer S } ? Part<'params', Input<S>> : unknown;
type QueryPart<R> = R extends { readonly query: infer S } ? Part<'query', Input<S>> : unknown;
type BodyPart<R> = R extends { readonly body: infer B }
  ? { readonly body: B extends BodyDefinition ? Input<B['schema']> : Input<B> }
  : unknown;
type PreconditionPart<O> = O extends { readonly precondition: 'required' | 'optional' }
  ? {
      /** Sent as If-Match: an ETag as answered, `"3"`. */
      readonly ifMatch?: string;
    }
  : unknown;
type IdempotencyPart<O> = O extends { readonly idempotency: 'required' | 'optional' }
  ? {
      /**
       * Sent as Idempotency-Key; with it the call may be repeated. 1 to 255 characters of printable ASCII, without quotes around
       * them: the client quotes.
       */
      readonly idempotencyKey?: string;
    }
  : unknown;

/** Options of every call. */
export interface CallOptions {
  /** Added to the client's own headers. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Ends the call, and its repetitions. */
  readonly signal?: AbortSignal;
}

/** What a call of this operation takes. */
export type CallInput<O extends Operation> = ParamsPart<RequestOf<O>> &
  QueryPart<RequestOf<O>> &
  BodyPart<RequestOf<O>> &
  PreconditionPart<O> &
  IdempotencyPart<O> &
  CallOptions;

/** What a call of this operation gives: one of the contract's answers that is no problem. */
export type CallResult<O extends Operation> = {
  [S in keyof O['responses']]: O['responses'][S] extends { readonly problems: readonly string[] }
    ? never
    : O['responses'][S] extends ResponseDefinition
      ? {
          readonly status: S;
          readonly headers: Readonly<Record<string, string>>;
          readonly body: O['responses'][S] extends { readonly body: infer B } ? Output<B> : undefined;
        }
      : never;
}[keyof O['responses']];

/** A call by operation id. Its input may be left out where nothing in it is required. */
export type Call<O extends Operation> =
  object extends CallInput<O>
    ? (input?: CallInput<O>) => Promise<CallResult<O>>
    : (input: CallInput<O>) => Promise<CallResult<O>>;

/** The users API, a method for each operation of the contract. */
export type UsersClient = { readonly [Id in UsersOperationId]: Call<UsersContract[Id]> };
