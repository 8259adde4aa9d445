import type { Handlers, PrincipalLike } from '../contract/handlers.ts';
import type { Contract } from '../contract/operation.ts';
import type { Feature } from '../features/feature.ts';
import type { Guard } from '../guard/guard.ts';
import type { Problem } from '../problem/problem.ts';
import type { HttpRequest } from '../request/http-request.ts';
import type { LambdaResult } from '../response/lambda-result.ts';
import type { RestDecodesBase64 } from '../response/rest-binary-media-types.ts';

/** What `onRequestEnd` is told, once a request. */
export interface RequestEnd {
  readonly request: HttpRequest;
  readonly operationId: string | undefined;
  readonly principal: PrincipalLike | undefined;
  readonly status: number;
  readonly durationMs: number;
  /** What the caller was told, before the text of a 5xx was taken out. */
  readonly problem: Problem | undefined;
  /** What was thrown. Never sent; for the log alone. */
  readonly error: unknown;
}

export interface Limits {
  /** Largest request body in bytes (decoded); beyond it 413. Default 1 MiB; Lambda takes at most 6 MB. */
  readonly bodyBytes?: number;
  /** Deepest nesting of a JSON body; beyond it 400. Default 32. */
  readonly jsonDepth?: number;
}

/** The parts of Lambda's context that are read. */
export interface InvocationContext {
  readonly awsRequestId?: string;
  getRemainingTimeInMillis?(): number;
}

export interface HttpHandlerOptions<C extends Contract, P extends PrincipalLike> {
  readonly contract: C;
  readonly handlers: Handlers<NoInfer<C>, NoInfer<P>>;
  /** `guard({ authenticate })`. Needed unless every operation is public. */
  readonly guard?: Guard<P>;
  /** Domain errors to problems; `undefined` for an error it does not know, which becomes a bland 500. */
  readonly mapError?: (error: unknown) => Problem | undefined;
  /** What this handler does beyond routing and validating: `cors(...)`, `compression()`. */
  readonly features?: readonly Feature[];
  readonly limits?: Limits;
  /** Path prefix under which a custom domain or CloudFront serves the API: `/v1`. Taken off before routing. */
  readonly basePath?: string;
  /** URI prefix of problem types: the code is put behind it. Default: `about:blank` for all. */
  readonly problemTypeBase?: string;
  /** `restBinaryMediaTypes([...])` of the REST API. Default: none; bytes that are not UTF-8 are refused (500) behind one. */
  readonly restDecodesBase64?: RestDecodesBase64;
  /** Milliseconds kept back from the function's and the front's timeout to answer 504 in. Default 500. */
  readonly deadlineMarginMs?: number;
  /**
   * How long the front waits for the function, where that is not the default: 29 s behind a REST API (which can be raised), 30 s behind an
   * HTTP API, as long as the function runs behind a function URL.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
   */
  readonly frontTimeoutMs?: number;
  /** Milliseconds since the epoch. Default Date.now. */
  readonly clock?: () => number;
  /** Called once a request when its answer is settled. Default: an answer of 500 or more is written to the log. */
  readonly onRequestEnd?: (end: RequestEnd) => void;
}

/**
 * A Lambda handler for all four fronts. It answers every event of theirs, and rejects any other with HttpError
 * HTTP_EVENT_UNKNOWN: an invocation that did nothing must not look like one that worked.
 */
export type HttpHandler = (event: unknown, context?: InvocationContext) => Promise<LambdaResult>;
