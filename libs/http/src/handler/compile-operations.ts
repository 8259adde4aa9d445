import type { PrincipalLike } from '../contract/handlers.ts';
import type { Contract, Operation } from '../contract/operation.ts';
import type { Feature } from '../features/feature.ts';
import type { MaybePromise } from '../maybe-async.ts';
import type { UntypedResult } from '../response/encode-result.ts';
import { createRequestValidator } from '../validation/request-validator.ts';
import type { RequestValidator } from '../validation/request-validator.ts';
import type { HttpHandlerOptions } from './options.ts';

/** An operation with everything about it that can be worked out before the first request. */
export interface CompiledOperation {
  readonly id: string;
  readonly operation: Operation;
  readonly validate: RequestValidator | undefined;
  handle(input: unknown): MaybePromise<UntypedResult>;
}

const DEFAULT_BODY_BYTES = 1024 * 1024;
const DEFAULT_JSON_DEPTH = 32;

/**
 * Throws a TypeError for what types cannot rule out in plain JavaScript: an operation without handler, a handler without
 * operation, a guarded operation without `authenticate`, an operation that a feature cannot serve.
 */
export function compileOperations<C extends Contract, P extends PrincipalLike>(
  options: HttpHandlerOptions<C, P>,
): readonly CompiledOperation[] {
  const handlers = options.handlers as Readonly<Record<string, CompiledOperation['handle'] | undefined>>;
  const surplus = Object.keys(handlers).filter((id) => !Object.hasOwn(options.contract, id));
  if (surplus.length > 0) throw new TypeError(`The contract has no operation ${surplus.join(', ')}`);
  const limits = {
    bodyBytes: options.limits?.bodyBytes ?? DEFAULT_BODY_BYTES,
    jsonDepth: options.limits?.jsonDepth ?? DEFAULT_JSON_DEPTH,
  };
  const { features = [] } = options;
  return Object.entries<Operation>(options.contract).map(([id, operation]) => {
    const handle = Object.hasOwn(handlers, id) ? handlers[id] : undefined;
    if (!handle) throw new TypeError(`Operation ${id} has no handler`);
    if (operation.access.kind !== 'public' && !options.authenticate) {
      throw new TypeError(`Operation ${id} is not public: createHttpHandler needs authenticate`);
    }
    assertServed(id, operation, features);
    for (const feature of features) feature.check?.(id, operation);
    return { id, operation, validate: createRequestValidator(operation, limits), handle };
  });
}

function assertServed(id: string, operation: Operation, features: readonly Feature[]): void {
  for (const demand of ['precondition', 'idempotency'] as const) {
    if (operation[demand] !== 'required' || features.some(({ serves }) => serves?.includes(demand))) continue;
    throw new TypeError(`Operation ${id} requires ${demand}: no feature of the handler sees to it`);
  }
}
