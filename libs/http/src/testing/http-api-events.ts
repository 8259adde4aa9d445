import type { AuthorizerResult } from '../request/authorizer-result.ts';
import type { RequestSpec } from './request-spec.ts';
import {
  ACCOUNT_ID,
  API_ID,
  CATCH_ALL,
  DEFAULT_CLIENT_IP,
  DEFAULT_REQUEST_ID,
  REQUEST_EPOCH_MS,
  REQUEST_TIME,
  group,
  lastValues,
  pathParameters,
  toBase64,
  toText,
  toWire,
} from './wire-request.ts';
import type { WireRequest } from './wire-request.ts';

const TEXT_TYPE = /^(?:text\/|application\/(?:json|xml|javascript)\s*(?:;|$))/i;

/** An HTTP API hands over as text only what these types say; a body of no type is base64 too. */
function bodyParts(wire: WireRequest): { readonly body?: string; readonly isBase64Encoded: boolean } {
  if (wire.body === undefined || wire.body.length === 0) return { isBase64Encoded: false };
  const isText = wire.contentType !== undefined && TEXT_TYPE.test(wire.contentType);
  return { body: isText ? toText(wire.body) : toBase64(wire.body), isBase64Encoded: !isText };
}

/** Decoded as an HTTP API does it; a sequence that is not UTF-8 is left as it is. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function decodedValues(
  params: Readonly<Record<string, string>> | undefined,
): Record<string, string> | undefined {
  return params && Object.fromEntries(Object.entries(params).map(([name, value]) => [name, decoded(value)]));
}

function stagePrefix(stage: string): string {
  return stage === '$default' ? '' : `/${stage}`;
}

/** The event of an HTTP API with payload 1.0: header names in Train-Case, the path encoded, path parameters decoded. */
export function httpApiV1Event(spec: RequestSpec): Record<string, unknown> {
  const wire = toWire(spec);
  const stage = spec.stage ?? '$default';
  const resource = spec.route ?? CATCH_ALL;
  const clientIp = spec.clientIp ?? DEFAULT_CLIENT_IP;
  const host = `${API_ID}.execute-api.eu-west-1.amazonaws.com`;
  const trainCase = (name: string): string =>
    name.toLowerCase().replace(/(?:^|-)[a-z]/g, (part) => part.toUpperCase());
  const multiValueHeaders = group([
    ['Content-Length', String(wire.body?.length ?? 0)],
    ['Host', host],
    ['X-Forwarded-For', clientIp],
    ...wire.headerPairs.map(([name, value]) => [trainCase(name), value] as const),
  ]);
  const query = group(wire.queryPairs);
  const hasQuery = wire.queryPairs.length > 0;
  const path = stagePrefix(stage) + wire.path;
  const { body = null, isBase64Encoded } = bodyParts(wire);
  return {
    version: '1.0',
    resource,
    path,
    httpMethod: wire.method,
    headers: lastValues(multiValueHeaders),
    multiValueHeaders,
    queryStringParameters: hasQuery ? lastValues(query) : null,
    multiValueQueryStringParameters: hasQuery ? query : null,
    pathParameters: decodedValues(pathParameters(resource, wire.path)) ?? null,
    stageVariables: null,
    requestContext: {
      accountId: ACCOUNT_ID,
      apiId: API_ID,
      ...(spec.authorizer && v1Authorizer(spec.authorizer)),
      domainName: host,
      domainPrefix: API_ID,
      extendedRequestId: spec.requestId ?? DEFAULT_REQUEST_ID,
      httpMethod: wire.method,
      identity: { sourceIp: clientIp, userAgent: '' },
      path: decoded(path),
      protocol: 'HTTP/1.1',
      requestId: spec.requestId ?? DEFAULT_REQUEST_ID,
      requestTime: REQUEST_TIME,
      requestTimeEpoch: REQUEST_EPOCH_MS,
      resourceId: `${wire.method} ${resource}`,
      resourcePath: resource,
      stage,
    },
    body,
    isBase64Encoded,
  };
}

function v1Authorizer(authorizer: AuthorizerResult): Record<string, unknown> {
  if (authorizer.kind === 'lambda') return { authorizer: authorizer.context };
  if (authorizer.kind === 'jwt')
    return { authorizer: { claims: authorizer.claims, scopes: authorizer.scopes } };
  return {};
}

/**
 * The event of an HTTP API with payload 2.0: the path decoded, with a named stage before it; header names in lower
 * case, repeated ones joined; cookies apart from the headers; what is absent is absent.
 */
export function httpApiV2Event(spec: RequestSpec): Record<string, unknown> {
  const stage = spec.stage ?? '$default';
  const wire = toWire(spec);
  const route = spec.route ?? CATCH_ALL;
  const params = decodedValues(pathParameters(route, wire.path));
  const { cookie, ...headers } = v2Headers(wire, spec);
  return {
    ...v2Event(spec, wire, {
      routeKey: `${spec.route === undefined ? 'ANY' : wire.method} ${route}`,
      rawPath: decoded(stagePrefix(stage) + wire.path),
      stage,
      domainName: `${API_ID}.execute-api.eu-west-1.amazonaws.com`,
      accountId: ACCOUNT_ID,
    }),
    headers,
    ...(cookie !== undefined && { cookies: cookie.split(/;\s*/) }),
    ...(params && { pathParameters: params }),
  };
}

/** The event of a function URL: payload 2.0 without routes or stage, the path as sent, cookies also in the headers. */
export function functionUrlEvent(spec: RequestSpec): Record<string, unknown> {
  const wire = toWire(spec);
  const headers = v2Headers(wire, spec);
  return {
    ...v2Event(spec, wire, {
      routeKey: '$default',
      rawPath: wire.path,
      stage: '$default',
      domainName: 'abcdefghijklmnop.lambda-url.eu-west-1.on.aws',
      accountId: spec.authorizer?.kind === 'iam' ? spec.authorizer.accountId : 'anonymous',
    }),
    headers,
    ...(headers['cookie'] !== undefined && { cookies: headers['cookie'].split(/;\s*/) }),
  };
}

interface V2Target {
  readonly routeKey: string;
  readonly rawPath: string;
  readonly stage: string;
  readonly domainName: string;
  readonly accountId: string;
}

function v2Headers(wire: WireRequest, spec: RequestSpec): Record<string, string> {
  const grouped = group([
    ['content-length', String(wire.body?.length ?? 0)],
    ['x-forwarded-for', spec.clientIp ?? DEFAULT_CLIENT_IP],
    ...wire.headerPairs.map(([name, value]) => [name.toLowerCase(), value] as const),
  ]);
  return Object.fromEntries(
    Object.entries(grouped).map(([name, values]) => [name, values.join(name === 'cookie' ? '; ' : ',')]),
  );
}

function v2Event(spec: RequestSpec, wire: WireRequest, target: V2Target): Record<string, unknown> {
  const { routeKey, rawPath, stage, domainName, accountId } = target;
  const query = Object.entries(group(wire.queryPairs)).map(
    ([name, values]) => [name, values.join(',')] as const,
  );
  return {
    version: '2.0',
    routeKey,
    rawPath,
    rawQueryString: wire.rawQuery,
    ...(query.length > 0 && { queryStringParameters: Object.fromEntries(query) }),
    requestContext: {
      accountId,
      apiId: API_ID,
      ...(spec.authorizer && v2Authorizer(spec.authorizer)),
      domainName,
      domainPrefix: domainName.split('.')[0],
      http: {
        method: wire.method,
        path: rawPath,
        protocol: 'HTTP/1.1',
        sourceIp: spec.clientIp ?? DEFAULT_CLIENT_IP,
        userAgent: '',
      },
      requestId: spec.requestId ?? DEFAULT_REQUEST_ID,
      routeKey,
      stage,
      time: REQUEST_TIME,
      timeEpoch: REQUEST_EPOCH_MS,
    },
    ...bodyParts(wire),
  };
}

function v2Authorizer(authorizer: AuthorizerResult): Record<string, unknown> {
  switch (authorizer.kind) {
    case 'none':
      return {};
    case 'lambda':
      return { authorizer: { lambda: authorizer.context } };
    case 'jwt':
      return { authorizer: { jwt: { claims: authorizer.claims, scopes: authorizer.scopes } } };
    case 'iam': {
      const { arn, accessKey, accountId, callerId, userId } = authorizer;
      const iam = {
        accessKey,
        accountId,
        callerId,
        cognitoIdentity: null,
        principalOrgId: null,
        userArn: arn,
        userId,
      };
      return { authorizer: { iam } };
    }
  }
}
