/**
 * What infrastructure needs of an operation of the contract: a structural view, so that this project depends on
 * the contract's data and not on the HTTP kernel.
 */
export interface Operation {
  /** Unique in the contract; part of logical ids. */
  readonly id: string;
  /** Upper case. */
  readonly method: string;
  /** `/users/{id}`. */
  readonly path: string;
  readonly access: OperationAccess;
  readonly cache?: OperationCache;
  readonly throttle?: OperationThrottle;
  /** Origins of this operation alone; `false`: not for browsers. Unset: as the API. */
  readonly cors?: false | { readonly origins: readonly string[] };
  /** What a REST API can check of a request; unset where the contract says nothing. */
  readonly input?: OperationInput;
}

export type OperationAccess =
  | { readonly kind: 'public' }
  /** Callers with a token that has one of the scopes. */
  | { readonly kind: 'scopes'; readonly anyOf: readonly string[] }
  /** Services, by SigV4. */
  | { readonly kind: 'internal'; readonly anyOf: readonly string[] };

export interface OperationCache {
  readonly ttlSeconds: number;
  /** What answers depend on: `header.authorization`, `query.limit`, `path.id`. */
  readonly keys: readonly string[];
}

export interface OperationThrottle {
  readonly ratePerSecond: number;
  readonly burst: number;
}

/** What a REST API can check of a request by itself. */
export interface OperationInput {
  readonly body?: RequestModel;
  /** Query and header parameters, as a REST API names them: `method.request.querystring.occurredAt`. */
  readonly requiredParameters: readonly string[];
}

export interface RequestModel {
  /** Letters and digits alone; operations that share a schema share the name. */
  readonly name: string;
  readonly contentTypes: readonly string[];
  /** JSON Schema draft 4, which is what API Gateway knows. */
  readonly schema: Readonly<Record<string, unknown>>;
}

/** A contract's table, as far as this project reads it. */
export type ContractTable = Readonly<Record<string, Omit<Operation, 'id' | 'input'>>>;

/**
 * The table's rows with their ids, in the table's order.
 *
 * @param inputs by operation id, for operations whose requests a REST API can check.
 */
export function operationsOf(
  contract: ContractTable,
  inputs: Readonly<Record<string, OperationInput>> = {},
): readonly Operation[] {
  return Object.entries(contract).map(([id, { method, path, access, cache, throttle, cors }]) => {
    const input = inputs[id];
    return {
      id,
      method,
      path,
      access,
      ...(cache !== undefined && { cache }),
      ...(throttle !== undefined && { throttle }),
      ...(cors !== undefined && { cors }),
      ...(input !== undefined && { input }),
    };
  });
}

/** An operation as an API routes it. */
export interface RoutedOperation extends Operation {
  /** Who says who calls: nobody, the authorizer from a token or the request, or IAM from a signature. */
  readonly caller: 'anyone' | 'authorizer' | 'iam';
}

/**
 * Operations that the APIs route: all but internal ones, which the internal function URL alone has.
 *
 * @param iamRoutes ids of those whose callers sign with SigV4.
 */
export function routedOperations(
  operations: readonly Operation[],
  iamRoutes: readonly string[] = [],
): readonly RoutedOperation[] {
  return operations
    .filter(({ access }) => access.kind !== 'internal')
    .map((operation) => ({ ...operation, caller: callerOf(operation, iamRoutes) }));
}

function callerOf({ id, access }: Operation, iamRoutes: readonly string[]): RoutedOperation['caller'] {
  if (access.kind === 'public') return 'anyone';
  return iamRoutes.includes(id) ? 'iam' : 'authorizer';
}

/** Operations by path, in the order of the contract. */
export function byPath<O extends Operation>(operations: readonly O[]): ReadonlyMap<string, readonly O[]> {
  const paths = new Map<string, O[]>();
  for (const operation of operations) {
    paths.set(operation.path, [...(paths.get(operation.path) ?? []), operation]);
  }
  return paths;
}

/** `id` of `/users/{id}`, `proxy` of `/{proxy+}`. */
export function pathParameters(path: string): readonly string[] {
  return [...path.matchAll(/\{(\w+)\+?\}/g)].flatMap(([, name]) => name ?? []);
}
