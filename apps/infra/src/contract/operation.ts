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

/** A contract's table, as far as this project reads it. */
export type ContractTable = Readonly<Record<string, Omit<Operation, 'id'>>>;

/** The table's rows with their ids, in the table's order. */
export function operationsOf(contract: ContractTable): readonly Operation[] {
  return Object.entries(contract).map(([id, operation]) => ({ id, ...operation }));
}

/** Operations that are routed on the public fronts: `internal` ones are reached by the internal function URL. */
export function publicOperations(operations: readonly Operation[]): readonly Operation[] {
  return operations.filter(({ access }) => access.kind !== 'internal');
}
