import type { StandardSchemaV1 } from '@standard-schema/spec';

/** Any schema of the Standard Schema interface, version 1: valibot, zod, ArkType. */
export type Schema<Input = unknown, Output = Input> = StandardSchemaV1<Input, Output>;

export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';

/**
 * Who may call. `public`: anyone, and nobody is asked who they are. `scopes`: a principal that holds one of `anyOf`.
 * `internal`: the same, and its `kind` is `service`.
 */
export type Access =
  | { readonly kind: 'public' }
  | { readonly kind: 'scopes'; readonly anyOf: readonly string[] }
  | { readonly kind: 'internal'; readonly anyOf: readonly string[] };

/**
 * Makes of a parameter's texts, in the order sent, what its schema sees: `toInteger`, `toNumber`, `toBoolean`, `toStrings`,
 * `toIntegers`, or a function of your own. It never throws: text that does not fit stays text, so that the schema refuses it with its own
 * message.
 */
export type Coercion = (texts: readonly string[]) => unknown;
export type Coercions = Readonly<Record<string, Coercion>>;

/** A body that is not plain `application/json`, or that has rules of its own. */
export interface BodyDefinition {
  readonly schema: Schema;
  /**
   * Media types taken, without parameters. Default `['application/json']`. A type that ends in `json` is parsed as JSON, `text/*`
   * is given to the schema as a string, anything else as a Uint8Array.
   */
  readonly contentTypes?: readonly string[];
  /**
   * `refuse` (default): a field that the schema drops is a 400, so that nobody believes that it was stored. `drop`: it is
   * dropped. A schema that renames fields needs `drop`.
   */
  readonly unknownFields?: 'refuse' | 'drop';
  /** `false`: an absent body is `undefined` to the handler. Default true. */
  readonly required?: boolean;
  /** Largest body in bytes; default: the handler's limit. */
  readonly maxBytes?: number;
}

/** What an operation takes. A parameter is a string unless `coerce` names it; one sent twice is an array of strings. */
export interface RequestDefinition {
  readonly params?: Schema;
  readonly query?: Schema;
  /** Names in lower case. */
  readonly headers?: Schema;
  readonly body?: Schema | BodyDefinition;
  readonly coerce?: {
    readonly params?: Coercions;
    readonly query?: Coercions;
    readonly headers?: Coercions;
  };
}

/** A response header, for the documentation. */
export interface HeaderDefinition {
  readonly description: string;
}

/** An answer that a handler gives. */
export interface ResponseDefinition {
  readonly description: string;
  /** Of the JSON body. */
  readonly body?: Schema;
  /** Default `application/json` where `body` is given. With a `contentType` alone the body is a string or bytes. */
  readonly contentType?: string;
  /**
   * The handler gives the body as an async iterable. A streaming function URL sends it as it comes; every other front gets it whole.
   * Needs a `contentType`, and no `body`.
   */
  readonly stream?: true;
  readonly headers?: Readonly<Record<string, HeaderDefinition>>;
}

/** Answers that are problem details; a handler does not return them, it throws. */
export interface ProblemsDefinition {
  readonly description: string;
  /** The codes that this operation answers with under this status. */
  readonly problems: readonly string[];
}

/** Status to answer. */
export type ResponseDefinitions = Readonly<Record<number, ResponseDefinition | ProblemsDefinition>>;

/** For a REST API's cache and for `Cache-Control`. */
export interface CacheDefinition {
  readonly ttlSeconds: number;
  /** Parts of the request that make up the cache's key: `query.name`, `path.id`, `header.authorization`. */
  readonly keys: readonly string[];
  /** `private` (default): the caller's own cache alone. `public`: shared caches too. */
  readonly visibility?: 'public' | 'private';
}

export interface ThrottleDefinition {
  readonly ratePerSecond: number;
  readonly burst: number;
}

/** Values that must hold by the operation's schemas; they go into the documentation and are checked there. */
export interface OperationExamples {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly responses?: Readonly<Record<number, unknown>>;
}

/** One line of a contract. `path` has `{name}` segments and at most one `{name+}`, last. */
export interface Operation {
  readonly method: Method;
  readonly path: `/${string}`;
  readonly summary: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly access: Access;
  readonly request?: RequestDefinition;
  readonly responses: ResponseDefinitions;
  /** Origins of this operation alone; `false`: no CORS headers. Unset: as the API. */
  readonly cors?: false | { readonly origins: readonly string[] };
  readonly cache?: CacheDefinition;
  readonly throttle?: ThrottleDefinition;
  /** `required`: without If-Match the answer is 428 (RFC 6585 3). */
  readonly precondition?: 'required' | 'optional';
  /** Whether Idempotency-Key is read: `required` answers 400 without one. Only on methods that are not idempotent. */
  readonly idempotency?: 'required' | 'optional';
  readonly examples?: OperationExamples;
}

/** Operation id to operation. */
export type Contract = Readonly<Record<string, Operation>>;
