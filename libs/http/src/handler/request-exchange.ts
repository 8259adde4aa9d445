import type { PrincipalLike } from '../contract/handlers.ts';
import type { Operation } from '../contract/operation.ts';
import type { Exchange } from '../features/feature.ts';
import type { Problem } from '../problem/problem.ts';
import type { HttpRequest } from '../request/http-request.ts';
import type { RestDecodesBase64 } from '../response/rest-binary-media-types.ts';
import type { RouteMatch, Router } from '../routing/router.ts';
import type { ValidParts } from '../validation/request-validator.ts';
import type { CompiledOperation } from './compile-operations.ts';

/** What is the same for every request of a handler. */
export interface ExchangeSettings {
  readonly clock: () => number;
  readonly router: Router<CompiledOperation>;
  readonly restDecodesBase64: RestDecodesBase64 | undefined;
}

/** Why a request is answered with a problem. */
export interface Failure {
  readonly problem: Problem;
  /** What was thrown. */
  readonly error: unknown;
}

/**
 * One request under way. The kernel fills it in. Features see it as an Exchange, an operation's handler as its HandlerInput: both are
 * read-only, and parts without a schema are read when they are asked for.
 */
export class RequestExchange implements Exchange {
  readonly request: HttpRequest;
  /** 0 where nobody asks how long the request took. */
  startedMs = 0;
  match: RouteMatch<CompiledOperation> | undefined;
  principal: PrincipalLike | undefined;
  valid: ValidParts | undefined;
  /** Set once the request is answered with a problem. */
  failure: Failure | undefined;
  readonly #settings: ExchangeSettings;
  #abort: AbortController | undefined;

  constructor(request: HttpRequest, settings: ExchangeSettings) {
    this.request = request;
    this.#settings = settings;
  }

  get clock(): () => number {
    return this.#settings.clock;
  }
  get operationId(): string | undefined {
    return this.match?.target.id;
  }
  get operation(): Operation | undefined {
    return this.match?.target.operation;
  }
  get allow(): readonly string[] {
    return this.#settings.router.allow(this.request);
  }
  get takesBytes(): boolean {
    return this.request.front !== 'rest' || this.#settings.restDecodesBase64?.(this.request) === true;
  }

  operationFor(method: string): Operation | undefined {
    return this.#settings.router.match(this.request, method)?.target.operation;
  }

  get params(): unknown {
    return this.valid?.path ?? this.match?.params;
  }
  get query(): unknown {
    return this.valid?.query ?? this.request.query;
  }
  get headers(): unknown {
    return this.valid?.headers ?? this.request.headers;
  }
  get body(): unknown {
    return this.valid?.body;
  }

  /** Made when first asked for: most handlers never wait long enough to need it. */
  get signal(): AbortSignal {
    return (this.#abort ??= new AbortController()).signal;
  }

  abort(reason: Error): void {
    (this.#abort ??= new AbortController()).abort(reason);
  }
}
