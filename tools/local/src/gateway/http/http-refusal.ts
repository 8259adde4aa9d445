import type { IntegrationFacts } from '../exchange/access-variables.ts';
import type { ResponseHeader } from '../exchange/exchange.ts';

/** Why an HTTP API answers by itself. */
export interface HttpRefusalReason {
  /** The step of the pipeline. */
  readonly step: 'received' | 'stage' | 'route' | 'authorizer' | 'integration';
  /** One sentence for the trace, never for the response. */
  readonly reason: string;
  readonly detail?: Readonly<Record<string, unknown>>;
  /** What the integration said before the gateway refused it. */
  readonly integration?: IntegrationFacts;
  readonly headers?: readonly ResponseHeader[];
  /** The JWT authorizer's 401 has no Content-Type. Default true. */
  readonly hasContentType?: boolean;
}

const MESSAGES = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  413: 'Request Entity Too Large',
  431: 'Request Header Fields Too Large',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
} as const;

export type HttpRefusalStatus = keyof typeof MESSAGES;

/** An answer of the HTTP API's own. Its texts cannot be customised, unlike a REST API's. */
export class HttpRefusal extends Error {
  override readonly name = 'HttpRefusal';
  readonly status: HttpRefusalStatus;
  readonly why: HttpRefusalReason;

  constructor(status: HttpRefusalStatus, why: HttpRefusalReason) {
    super(why.reason);
    this.status = status;
    this.why = why;
  }

  /** `$context.error.message`, such as `Not Found`. */
  get text(): string {
    return MESSAGES[this.status];
  }

  /** The body that the client gets, such as `{"message":"Not Found"}`. */
  get body(): string {
    return `{"message":"${this.text}"}`;
  }
}
