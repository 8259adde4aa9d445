import type { PolicyResult, SimpleResult } from '@gatehouse/auth';
import { evaluatePolicy } from '@gatehouse/auth/testing';
import { httpApiV2Event, restEvent } from '@gatehouse/http/testing';
import type { AuthorizerResult } from '../create-authorizer.ts';
import { AUTHORIZER_EVENTS } from './events.ts';

/** A request that a gateway has routed. */
export interface RoutedRequest {
  readonly authorization: string;
  /** As the client wrote it, decoded: it is part of the ARN that the authorizer gets. */
  readonly path: string;
  /** As the client sent it. */
  readonly encodedPath: string;
}

/** What differs between gateways: the events that they make, and how they read an authorizer's answer. */
export interface GatewayModel {
  readonly simpleResponses: boolean;
  readonly authorizerEvent: (request: RoutedRequest) => unknown;
  /** Whether an answer, given for this request or kept from another, lets this one through. */
  readonly admits: (result: AuthorizerResult, request: RoutedRequest) => boolean;
  /** The function's event; with what an authorizer said of the caller, where one was asked. */
  readonly handlerEvent: (request: RoutedRequest, result?: AuthorizerResult) => Record<string, unknown>;
}

/**
 * The gateways as AWS documents them. An HTTP API that takes simple answers keeps `isAuthorized` and the context for all its routes; one that
 * takes policies evaluates the kept policy for each route, as a REST API does.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html
 */
export const GATEWAY_MODELS = {
  'a REST API, TOKEN': {
    simpleResponses: false,
    authorizerEvent: ({ authorization, path }) =>
      AUTHORIZER_EVENTS['REST TOKEN']({ headers: { authorization }, path }),
    admits: (result, { path }) =>
      isPolicy(result) &&
      evaluatePolicy(result.policyDocument, AUTHORIZER_EVENTS['REST TOKEN']({ path }).methodArn) === 'allow',
    handlerEvent: ({ encodedPath }, result) =>
      restEvent({ path: encodedPath, stage: 'prod', ...withContext(result) }),
  },
  'an HTTP API 2.0, policies': {
    simpleResponses: false,
    authorizerEvent: httpAuthorizerEvent,
    admits: (result, { path }) =>
      isPolicy(result) &&
      evaluatePolicy(result.policyDocument, AUTHORIZER_EVENTS['HTTP 2.0']({ path }).routeArn) === 'allow',
    handlerEvent: httpHandlerEvent,
  },
  'an HTTP API 2.0, simple answers': {
    simpleResponses: true,
    authorizerEvent: httpAuthorizerEvent,
    admits: (result) => !isPolicy(result) && result.isAuthorized,
    handlerEvent: httpHandlerEvent,
  },
} as const satisfies Readonly<Record<string, GatewayModel>>;

function httpAuthorizerEvent({ authorization, path }: RoutedRequest): unknown {
  return AUTHORIZER_EVENTS['HTTP 2.0']({ headers: { authorization }, path });
}

function httpHandlerEvent(
  { encodedPath }: RoutedRequest,
  result?: AuthorizerResult,
): Record<string, unknown> {
  return httpApiV2Event({ path: encodedPath, ...withContext(result) });
}

function withContext(result: AuthorizerResult | undefined) {
  return result === undefined
    ? {}
    : { authorizer: { kind: 'lambda' as const, context: result.context ?? {} } };
}

function isPolicy(result: PolicyResult | SimpleResult): result is PolicyResult {
  return 'policyDocument' in result;
}
