import type { PrincipalLike } from '../contract/handlers.ts';
import type { Contract } from '../contract/operation.ts';
import type { Feature } from '../features/feature.ts';
import { hooksOf } from '../features/hooks-of.ts';
import { chain, isPromiseLike } from '../maybe-async.ts';
import type { MaybePromise } from '../maybe-async.ts';
import type { CatalogueProblem } from '../problem/catalogue.ts';
import { HttpProblem } from '../problem/http-problem.ts';
import { fromEvent } from '../request/from-event.ts';
import { encodeResult } from '../response/encode-result.ts';
import type { UntypedResult } from '../response/encode-result.ts';
import type { OutgoingResponse } from '../response/http-response.ts';
import type { OperationResponse } from '../response/operation-response.ts';
import { createRouter } from '../routing/router.ts';
import type { RouteMatch } from '../routing/router.ts';
import { createAnswerer } from './answer.ts';
import type { Deliver } from './answer.ts';
import { compileOperations } from './compile-operations.ts';
import type { CompiledOperation } from './compile-operations.ts';
import { withDeadline } from './deadline.ts';
import type { HttpHandlerOptions, InvocationContext } from './options.ts';
import { RequestExchange } from './request-exchange.ts';

export const DEFAULT_DEADLINE_MARGIN_MS = 500;

/** An event's whole way to what `deliver` makes of the response. */
export type Pipeline<T> = (event: unknown, context?: InvocationContext) => Promise<T>;

/**
 * A request's way: event > request > route > guard > validation > handler > response, with a hook for each feature's
 * moment; docs/lifecycle.md has the status that each step may give. Everything that can be compiled is compiled here, once; mistakes in
 * the contract are TypeErrors at that time.
 */
export function createPipeline<T, C extends Contract, P extends PrincipalLike>(
  options: HttpHandlerOptions<C, P>,
  deliver: Deliver<T>,
): Pipeline<T> {
  const { clock = Date.now, features = [], onRequestEnd, restDecodesBase64 } = options;
  const { deadlineMarginMs: marginMs = DEFAULT_DEADLINE_MARGIN_MS, frontTimeoutMs, basePath = '' } = options;
  if (basePath !== '' && (!basePath.startsWith('/') || basePath.endsWith('/'))) {
    throw new TypeError(`A base path begins with a slash and does not end with one: ${basePath}`);
  }
  const operations = compileOperations(options);
  const router = createRouter(
    operations.map((target) => ({
      method: target.operation.method,
      template: target.operation.path,
      target,
    })),
  );
  const settings = { clock, router, restDecodesBase64 };
  const { encode, settle, answerError } = createAnswerer(options, deliver);
  const preflights = hooksOf(features, 'preflight');
  const admissions = hooksOf(features, 'admit');
  const invokers = [...hooksOf(features, 'invoke'), ...hooksOf(features, 'inspect').map(inspectedBy)];
  const representers = hooksOf(features, 'represent');

  function respond(exchange: RequestExchange): MaybePromise<OutgoingResponse> {
    exchange.match = router.match(exchange.request);
    for (const preflight of preflights) {
      const response = preflight(exchange);
      if (response) return response;
    }
    if (!isRouted(exchange)) throw notRouted(exchange.allow);
    const { authorize } = exchange.match.target;
    return authorize ? chain(authorize(exchange), exchange, authorized) : authorized(undefined, exchange);
  }

  function authorized(principal: PrincipalLike | undefined, exchange: RoutedExchange): Answer {
    exchange.principal = principal;
    for (const admit of admissions) admit(exchange);
    const validating = exchange.match.target.validate?.(exchange);
    return validating ? validating.then(() => validated(exchange)) : validated(exchange);
  }

  function validated(exchange: RoutedExchange): Answer {
    if (invokers.length === 0 && representers.length === 0) return handle(exchange);
    const invoke = invokers.reduceRight<() => Answer>(
      (next, around) => () => around(exchange, async () => next()),
      () => handle(exchange),
    );
    return chain(invoke(), exchange, represented);
  }

  function represented(response: OperationResponse, exchange: RequestExchange): OperationResponse {
    return representers.reduce((current, represent) => represent(current, exchange), response);
  }

  return async (event, context) => {
    const exchange = new RequestExchange(fromEvent(event, options), settings);
    if (onRequestEnd) exchange.startedMs = clock();
    try {
      const outcome = respond(exchange);
      const response = isPromiseLike(outcome)
        ? await withDeadline(outcome, exchange, { context, marginMs, frontTimeoutMs })
        : outcome;
      return settle(encode ? await encode(response, exchange) : response, exchange);
    } catch (error) {
      return await answerError(error, exchange);
    }
  };
}

/** Around the handler, and within whatever else is. */
function inspectedBy(inspect: NonNullable<Feature['inspect']>): NonNullable<Feature['invoke']> {
  return async (exchange, next) => {
    const response = await next();
    await inspect(response, exchange);
    return response;
  };
}

type RoutedExchange = RequestExchange & { readonly match: RouteMatch<CompiledOperation> };
type Answer = MaybePromise<OperationResponse>;

function isRouted(exchange: RequestExchange): exchange is RoutedExchange {
  return exchange.match !== undefined;
}

/** A result has its status, whatever else it is; what has none is a promise of one, or a mistake. */
function handle(exchange: RoutedExchange): Answer {
  const { target } = exchange.match;
  const result = target.handle(exchange);
  if (hasStatus(result)) return encodeResult(result, target.operation);
  return Promise.resolve(result).then((late) => encodeResult(late, target.operation));
}

function hasStatus(result: MaybePromise<UntypedResult> | undefined): result is UntypedResult {
  return (result as Partial<UntypedResult> | undefined)?.status !== undefined;
}

/** No operation has the path, or none has it with this method. */
function notRouted(allow: readonly string[]): HttpProblem {
  if (allow.length === 0) {
    return new HttpProblem({
      status: 404,
      title: 'Not Found',
      code: 'HTTP_NOT_FOUND',
      detail: 'Nothing is at this path.',
    } satisfies CatalogueProblem);
  }
  return new HttpProblem({
    status: 405,
    title: 'Method Not Allowed',
    code: 'HTTP_METHOD_NOT_ALLOWED',
    detail: 'The path does not take this method.',
    headers: { allow: allow.join(', ') },
  } satisfies CatalogueProblem);
}
