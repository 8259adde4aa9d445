import type { PrincipalLike } from '../contract/handlers.ts';
import type { HttpRequest, MultiValues } from '../request/http-request.ts';
import type { PathParams } from '../routing/router.ts';
import type { ValidParts } from '../validation/request-validator.ts';
import type { RequestExchange } from './request-exchange.ts';

const NOTHING_CHECKED: ValidParts = {};

/** What a handler is given (HandlerInput, untyped). Parts without a schema are read when they are asked for. */
export class OperationInput {
  readonly request: HttpRequest;
  readonly principal: PrincipalLike | undefined;
  readonly params: unknown;
  readonly body: unknown;
  readonly #exchange: RequestExchange;
  readonly #valid: ValidParts;

  constructor(exchange: RequestExchange, params: PathParams, valid: ValidParts = NOTHING_CHECKED) {
    this.request = exchange.request;
    this.principal = exchange.principal;
    this.params = 'path' in valid ? valid.path : params;
    this.body = valid.body;
    this.#exchange = exchange;
    this.#valid = valid;
  }

  get query(): unknown {
    return 'query' in this.#valid ? this.#valid.query : (this.request.query satisfies MultiValues);
  }
  get headers(): unknown {
    return 'headers' in this.#valid ? this.#valid.headers : (this.request.headers satisfies MultiValues);
  }
  get signal(): AbortSignal {
    return this.#exchange.signal;
  }
}
