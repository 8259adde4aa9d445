import type { PrincipalLike } from '../contract/handlers.ts';
import type { Contract } from '../contract/operation.ts';
import { hooksOf } from '../features/hooks-of.ts';
import { chain, isPromiseLike } from '../maybe-async.ts';
import type { MaybePromise } from '../maybe-async.ts';
import type { CatalogueProblem } from '../problem/catalogue.ts';
import { HttpProblem } from '../problem/http-problem.ts';
import { fromEvent } from '../request/from-event.ts';
import { encodeResult } from '../response/encode-result.ts';
import type { OutgoingResponse } from '../response/http-response.ts';
import type { OperationResponse } from '../response/operation-response.ts';
import { createRouter } from '../routing/router.ts';
import type { RouteMatch } from '../routing/router.ts';
import { createAnswerer } from './answer.ts';
import type { Deliver } from './answer.ts';
import { compileOperations } from './compile-operations.ts';
import type { CompiledOperation } from './compile-operations.ts';
import { withDeadline } from './deadline.ts';
import { OperationInput } from './operation-input.ts';
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
  const { guard, clock = Date.now, features = [], restDecodesBase64 } = options;
  const { deadlineMarginMs: marginMs = DEFAULT_DEADLINE_MARGIN_MS } = options;
  const operations = compileOperations(options);
  const router = createRouter(
    operations.map((target) => ({
      method: target.operation.method,
      template: target.operation.path,
      target,
    })),
  );
  const settings = { clock, router, restDecodesBase64 };
  const { answer, answerError } = createAnswerer(options, deliver);
  const preflights = hooksOf(features, 'preflight');
  const admissions = hooksOf(features, 'admit');
  const invokers = hooksOf(features, 'invoke');
  const representers = hooksOf(features, 'represent');

  function authorize(exchange: RequestExchange, { operation }: CompiledOperation): MaybePromise<void> {
    const { access } = operation;
    if (access.kind === 'public') return;
    // An operation that is not public has no handler without a guard.
    return chain(guard?.(access, exchange), (principal) => void (exchange.principal = principal));
  }

  function invoke(
    exchange: RequestExchange,
    target: CompiledOperation,
    input: OperationInput,
  ): MaybePromise<OperationResponse> {
    const handle = (): MaybePromise<OperationResponse> =>
      chain(target.handle(input), (result) => encodeResult(target.operation, result));
    if (invokers.length === 0) return handle();
    const wrapped = invokers.reduceRight<() => Promise<OperationResponse>>(
      (next, around) => () => around(exchange, next),
      async () => handle(),
    );
    return wrapped();
  }

  function represent(exchange: RequestExchange, response: OperationResponse): OutgoingResponse {
    return representers.reduce((represented, hook) => hook(represented, exchange), response);
  }

  function operate(
    exchange: RequestExchange,
    { target, params }: RouteMatch<CompiledOperation>,
  ): MaybePromise<OutgoingResponse> {
    return chain(authorize(exchange, target), () => {
      for (const admit of admissions) admit(exchange);
      return chain(target.validate?.(exchange.request, params), (valid) =>
        chain(invoke(exchange, target, new OperationInput(exchange, params, valid)), (response) =>
          represent(exchange, response),
        ),
      );
    });
  }

  function respond(exchange: RequestExchange): MaybePromise<OutgoingResponse> {
    const match = router.match(exchange.request);
    exchange.target = match?.target;
    for (const preflight of preflights) {
      const response = preflight(exchange);
      if (response) return response;
    }
    if (match) return operate(exchange, match);
    throw notRouted(exchange.allow);
  }

  return async (event, context) => {
    const exchange = new RequestExchange(fromEvent(event, options), settings);
    try {
      const outcome = respond(exchange);
      const response = isPromiseLike(outcome)
        ? await withDeadline(outcome, exchange, { context, marginMs })
        : outcome;
      // An await of what is there already would cost a turn of the microtask queue.
      const answered = answer(exchange, response);
      return isPromiseLike(answered) ? await answered : answered;
    } catch (error) {
      return await answerError(exchange, error);
    }
  };
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
