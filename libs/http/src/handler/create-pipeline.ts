import type { PrincipalLike } from '../contract/handlers.ts';
import type { Contract } from '../contract/operation.ts';
import type { MaybePromise } from '../maybe-async.ts';
import { chain, isPromiseLike } from '../maybe-async.ts';
import { kernelProblem } from '../problem/kernel-problems.ts';
import { fromEvent } from '../request/from-event.ts';
import type { HttpResponse } from '../response/http-response.ts';
import { encodeResult } from '../response/encode-result.ts';
import type { OperationResponse } from '../response/operation-response.ts';
import { createRouter } from '../routing/router.ts';
import type { PathParams } from '../routing/router.ts';
import { createAnswerer } from './answer.ts';
import type { Deliver } from './answer.ts';
import { compileOperations } from './compile-operations.ts';
import type { CompiledOperation } from './compile-operations.ts';
import { withDeadline } from './deadline.ts';
import { assertPermitted } from './guard.ts';
import { OperationInput } from './operation-input.ts';
import type { HttpHandlerOptions, InvocationContext } from './options.ts';
import { RequestExchange } from './request-exchange.ts';

const DEFAULT_DEADLINE_MARGIN_MS = 500;

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
  const { authenticate, basePath = '', clock = Date.now, features = [] } = options;
  const marginMs = options.deadlineMarginMs ?? DEFAULT_DEADLINE_MARGIN_MS;
  const operations = compileOperations(options);
  const router = createRouter(
    operations.map((target) => ({
      method: target.operation.method,
      template: target.operation.path,
      target,
    })),
  );
  const settings = { clock, router, restBinaryMediaTypes: options.restBinaryMediaTypes ?? [] };
  const answerer = createAnswerer(options, deliver);
  const admissions = features.flatMap((feature) => feature.admit ?? []);
  const preflights = features.flatMap((feature) => feature.preflight ?? []);
  const invokers = features.flatMap((feature) => feature.invoke ?? []);
  const representers = features.flatMap((feature) => feature.represent ?? []);

  function authorize(exchange: RequestExchange, { operation }: CompiledOperation): MaybePromise<undefined> {
    const { access } = operation;
    if (access.kind === 'public') return undefined;
    return chain(authenticate?.(exchange.request), (principal) => {
      assertPermitted(access, principal, clock());
      exchange.principal = principal;
      return undefined;
    });
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

  function represent(exchange: RequestExchange, response: OperationResponse): HttpResponse {
    let represented = response;
    for (const hook of representers) represented = hook(represented, exchange);
    return represented;
  }

  function proceed(
    exchange: RequestExchange,
    target: CompiledOperation,
    params: PathParams,
  ): MaybePromise<HttpResponse> {
    return chain(authorize(exchange, target), () => {
      for (const admit of admissions) admit(exchange);
      return chain(target.validate?.(exchange.request, params), (valid) =>
        chain(invoke(exchange, target, new OperationInput(exchange, params, valid)), (response) =>
          represent(exchange, response),
        ),
      );
    });
  }

  function route(exchange: RequestExchange): MaybePromise<HttpResponse> {
    const match = router.match(exchange.request);
    exchange.target = match?.target;
    for (const preflight of preflights) {
      const response = preflight(exchange);
      if (response) return response;
    }
    if (match) return proceed(exchange, match.target, match.params);
    const { allow } = exchange;
    throw allow.length === 0
      ? kernelProblem('HTTP_NOT_FOUND')
      : kernelProblem('HTTP_METHOD_NOT_ALLOWED', { headers: { allow: allow.join(', ') } });
  }

  return async (event, context) => {
    const request = fromEvent(event, { basePath });
    const exchange = new RequestExchange(request, settings);
    try {
      const outcome = route(exchange);
      const response = isPromiseLike(outcome)
        ? await withDeadline(outcome, exchange, { context, marginMs })
        : outcome;
      // An await of what is there already would cost a turn of the microtask queue.
      const answer = answerer.answer(exchange, response);
      return answer instanceof Promise ? await answer : answer;
    } catch (error) {
      return await answerer.answerError(exchange, error);
    }
  };
}
