import type { PrincipalLike } from '../contract/handlers.ts';
import type { Contract, Operation } from '../contract/operation.ts';
import type { Demand, Exchange } from '../features/feature.ts';
import type { Guard } from '../guard/guard.ts';
import type { MaybePromise } from '../maybe-async.ts';
import type { UntypedResult } from '../response/encode-result.ts';
import { createRequestValidator } from '../validation/request-validator.ts';
import type { RequestValidator } from '../validation/request-validator.ts';
import type { HttpHandlerOptions } from './options.ts';

/** An operation with everything about it that can be worked out before the first request. */
export interface CompiledOperation {
  readonly id: string;
  readonly operation: Operation;
  /** Throws a problem for a caller who may not; `undefined` for an operation that is public. */
  readonly authorize: ((exchange: Exchange) => MaybePromise<PrincipalLike>) | undefined;
  readonly validate: RequestValidator | undefined;
  handle(input: unknown): MaybePromise<UntypedResult>;
}

const DEFAULT_BODY_BYTES = 1024 * 1024;
const DEFAULT_JSON_DEPTH = 32;

/**
 * Throws a TypeError for what types cannot rule out in plain JavaScript: an operation without handler, a handler without
 * operation; and for what a handler lacks an import for: a guard, a feature that meets what an operation asks for.
 */
export function compileOperations<C extends Contract, P extends PrincipalLike>({
  contract,
  handlers: typedHandlers,
  features = [],
  guard,
  limits: { bodyBytes = DEFAULT_BODY_BYTES, jsonDepth = DEFAULT_JSON_DEPTH } = {},
}: HttpHandlerOptions<C, P>): readonly CompiledOperation[] {
  const handlers = typedHandlers as Readonly<Record<string, CompiledOperation['handle'] | undefined>>;
  const surplus = Object.keys(handlers).filter((id) => !Object.hasOwn(contract, id));
  if (surplus.length > 0) throw new TypeError(`The contract has no operation ${surplus.join(', ')}`);
  return Object.entries<Operation>(contract).map(([id, operation]) => {
    const lacks = (what: string): TypeError => new TypeError(`Operation ${id} ${what}`);
    const handle = Object.hasOwn(handlers, id) ? handlers[id] : undefined;
    if (!handle) throw lacks('has no handler');
    for (const demand of demandsOf(operation)) {
      const isMet = features.some(({ serves = [] }) => serves.includes(demand));
      if (!isMet) throw lacks(`requires ${demand}: no feature of the handler sees to it`);
    }
    for (const feature of features) feature.check?.(id, operation);
    return {
      id,
      operation,
      authorize: authorization(id, operation, guard),
      validate: createRequestValidator(operation, { bodyBytes, jsonDepth }),
      handle,
    };
  });
}

function authorization<P extends PrincipalLike>(
  id: string,
  { access }: Operation,
  guard: Guard<P> | undefined,
): CompiledOperation['authorize'] {
  if (access.kind === 'public') return undefined;
  if (guard) return (exchange) => guard(access, exchange);
  throw new TypeError(`Operation ${id} is not public: the handler needs a guard`);
}

function demandsOf({ precondition, idempotency, responses }: Operation): readonly Demand[] {
  const demands: Demand[] = [];
  if (precondition === 'required') demands.push('precondition');
  if (idempotency === 'required') demands.push('idempotency');
  if (Object.values(responses).some((response) => 'stream' in response)) demands.push('stream');
  return demands;
}
