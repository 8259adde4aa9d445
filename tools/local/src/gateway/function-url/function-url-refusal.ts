import type { ResponseHeader } from '../exchange/exchange.ts';

const FORBIDDEN_TEXT =
  'Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html';

/** Status, x-amzn-ErrorType and body of what Lambda answers by itself before a function URL's function. */
const REFUSALS = {
  forbidden: {
    status: 403,
    errorType: 'AccessDeniedException',
    contentType: 'application/json',
    body: JSON.stringify({ Message: FORBIDDEN_TEXT }),
  },
  throttled: {
    status: 429,
    errorType: 'TooManyRequestsException',
    contentType: 'application/json',
    body: '{"Message":"Rate Exceeded."}',
  },
  'body-too-large': {
    status: 413,
    errorType: 'RequestEntityTooLargeException',
    contentType: 'application/json',
    body: '{"Message":"Request Entity Too Large"}',
  },
  'headers-too-large': {
    status: 431,
    errorType: 'RequestHeaderFieldsTooLargeException',
    contentType: 'application/json',
    body: '{"Message":"Request Header Fields Too Large"}',
  },
  'function-failed': {
    status: 502,
    errorType: undefined,
    contentType: 'application/json',
    body: 'Internal Server Error',
  },
} as const;

export type FunctionUrlRule = keyof typeof REFUSALS;

/** An answer that Lambda gives by itself in front of, or instead of, the function. */
export class FunctionUrlRefusal extends Error {
  override readonly name = 'FunctionUrlRefusal';
  readonly rule: FunctionUrlRule;
  readonly step: 'received' | 'authorizer' | 'integration';

  /** @param reason one sentence for the trace, never for the response. */
  constructor(rule: FunctionUrlRule, step: 'received' | 'authorizer' | 'integration', reason: string) {
    super(reason);
    this.rule = rule;
    this.step = step;
  }

  get status(): number {
    return REFUSALS[this.rule].status;
  }

  get body(): string {
    return REFUSALS[this.rule].body;
  }

  get headers(): ResponseHeader[] {
    const { errorType, contentType } = REFUSALS[this.rule];
    const headers: ResponseHeader[] = [['Content-Type', contentType]];
    if (errorType !== undefined) headers.push(['x-amzn-ErrorType', errorType]);
    return headers;
  }
}
