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
export type { Exchange, Feature } from './features/feature.ts';
export type {
  HttpHandler,
  HttpHandlerOptions,
  InvocationContext,
  Limits,
  RequestEnd,
} from './handler/options.ts';
export { HttpProblem } from './problem/http-problem.ts';
export { problem } from './problem/problem.ts';
export type { Problem, ProblemError, ProblemInit } from './problem/problem.ts';
export type { AuthorizerResult } from './request/authorizer-result.ts';
export type { Front, HttpRequest, MultiValues } from './request/http-request.ts';
export type { HttpResponse, ResponseHeaders } from './response/http-response.ts';
export type { LambdaResult, LambdaResultV1, LambdaResultV2 } from './response/lambda-result.ts';
export type { OperationResponse } from './response/operation-response.ts';
