export { defineContract } from './contract/define-contract.ts';
export type {
  BodyOf,
  Handler,
  HandlerInput,
  Handlers,
  HeadersOf,
  OperationResult,
  ParamsOf,
  PathParameterNames,
  PrincipalLike,
  PrincipalOf,
  QueryOf,
  ResultOf,
} from './contract/handlers.ts';
export type {
  Access,
  BodyDefinition,
  CacheDefinition,
  Coercion,
  Coercions,
  Contract,
  HeaderDefinition,
  Method,
  Operation,
  OperationExamples,
  ProblemsDefinition,
  RequestDefinition,
  ResponseDefinition,
  ResponseDefinitions,
  Schema,
  ThrottleDefinition,
} from './contract/operation.ts';
export { cors, DEFAULT_ALLOWED_HEADERS, DEFAULT_EXPOSED_HEADERS } from './features/cors/cors.ts';
export type { CorsDeclaration } from './features/cors/cors.ts';
export { originKind } from './features/cors/origin-rule.ts';
export type { OriginKind } from './features/cors/origin-rule.ts';
export { compression } from './features/compression/compression.ts';
export type { CompressionOptions } from './features/compression/compression.ts';
export type { Coding } from './features/compression/accept-encoding.ts';
export { conditional } from './features/conditional/conditional.ts';
export {
  assertExpectedVersion,
  expectedVersions,
  toEntityTag,
  unexpectedVersions,
} from './features/conditional/entity-tag.ts';
export type { NamedVersions } from './features/conditional/entity-tag.ts';
export { idempotency } from './features/idempotency/idempotency.ts';
export type { IdempotencyOptions } from './features/idempotency/idempotency.ts';
export type {
  ClaimOutcome,
  IdempotencyClaim,
  IdempotencyStore,
  StoredResponse,
} from './features/idempotency/idempotency-store.ts';
export { responseValidation } from './features/response-validation/response-validation.ts';
export type { Demand, Exchange, Feature } from './features/feature.ts';
export type {
  HttpHandler,
  HttpHandlerOptions,
  InvocationContext,
  Limits,
  RequestEnd,
} from './handler/options.ts';
export { createHttpHandler } from './handler/create-http-handler.ts';
export { HttpError } from './errors.ts';
export type { HttpErrorCode } from './errors.ts';
export { guard } from './guard/guard.ts';
export type { Guard, GuardedAccess, GuardOptions } from './guard/guard.ts';
export { cookies } from './request/cookies.ts';
export { authorizerResult } from './request/authorizer-result.ts';
export { fromEvent } from './request/from-event.ts';
export type { FromEventOptions } from './request/from-event.ts';
export { toResult } from './response/to-result.ts';
export type { ResultOptions } from './response/to-result.ts';
export { restBinaryMediaTypes } from './response/rest-binary-media-types.ts';
export type { RestDecodesBase64 } from './response/rest-binary-media-types.ts';
export { HTTP_PROBLEMS, httpProblem } from './problem/catalogue.ts';
export type { HttpProblemCode } from './problem/catalogue.ts';
export { HttpProblem } from './problem/http-problem.ts';
export { problemResponse } from './problem/problem-response.ts';
export type { ProblemContext } from './problem/problem-response.ts';
export { problem } from './problem/problem.ts';
export type { Problem, ProblemError, ProblemInit } from './problem/problem.ts';
export type { AuthorizerResult } from './request/authorizer-result.ts';
export type { Front, HttpRequest, MultiValues } from './request/http-request.ts';
export type {
  HeaderRecord,
  HttpResponse,
  OutgoingResponse,
  ResponseHeaders,
} from './response/http-response.ts';
export type { LambdaResult, LambdaResultV1, LambdaResultV2 } from './response/lambda-result.ts';
export type { OperationResponse } from './response/operation-response.ts';
export { collectStreams } from './streaming/collect-streams.ts';
export { createStreamingHttpHandler } from './streaming/create-streaming-http-handler.ts';
export type { StreamingHttpHandlerOptions } from './streaming/create-streaming-http-handler.ts';
export type {
  StreamingContext,
  StreamingHandler,
  StreamingRuntime,
  StreamMetadata,
} from './streaming/streaming-runtime.ts';
export { toBoolean, toInteger, toIntegers, toNumber, toStrings } from './validation/coercions.ts';
