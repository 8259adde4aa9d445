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

/** Headers that a REST API takes out of the event. */
const DROPPED = new Set([
  'connection',
  'content-length',
  'content-md5',
  'expect',
  'max-forwards',
  'proxy-authenticate',
  'server',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'www-authenticate',
]);
/** Headers whose case a REST API settles. */
const RECASED: Readonly<Record<string, string>> = {
  authorization: 'Authorization',
  'user-agent': 'User-Agent',
};

/**
 * The event of a REST API's proxy integration: path and path parameters stay encoded, the stage is in
 * requestContext.path alone, what is absent is null, an authorizer's context is flattened to strings.
 */
export function restEvent(spec: RequestSpec): Record<string, unknown> {
  const wire = toWire(spec);
  const stage = spec.stage ?? 'dev';
  const resource = spec.route ?? CATCH_ALL;
  const host = `${API_ID}.execute-api.eu-west-1.amazonaws.com`;
  const clientIp = spec.clientIp ?? DEFAULT_CLIENT_IP;
  const multiValueHeaders = group([
    ...wire.headerPairs.flatMap(([name, value]) => {
      const lower = name.toLowerCase();
      return DROPPED.has(lower) ? [] : [[RECASED[lower] ?? name, value] as const];
    }),
    ['Host', host],
    ['X-Amzn-Trace-Id', 'Root=1-6ab11800-000000000000000000000001'],
    ['X-Forwarded-For', clientIp],
    ['X-Forwarded-Port', '443'],
    ['X-Forwarded-Proto', 'https'],
  ]);
  const query = group(wire.queryPairs);
  const hasQuery = wire.queryPairs.length > 0;
  const isBase64Encoded = wire.body !== undefined && isBinary(wire.contentType, spec.binaryMediaTypes ?? []);
  const authorizer = restAuthorizer(spec.authorizer);
  return {
    resource,
    path: wire.path,
    httpMethod: wire.method,
    headers: lastValues(multiValueHeaders),
    multiValueHeaders,
    queryStringParameters: hasQuery ? lastValues(query) : null,
    multiValueQueryStringParameters: hasQuery ? query : null,
    pathParameters: pathParameters(resource, wire.path) ?? null,
    stageVariables: null,
    requestContext: {
      accountId: ACCOUNT_ID,
      apiId: API_ID,
      ...(authorizer && { authorizer }),
      deploymentId: 'd1e2f3',
      domainName: host,
      domainPrefix: API_ID,
      extendedRequestId: 'AbCdEfGhIjKlMnO=',
      httpMethod: wire.method,
      identity: restIdentity(spec.authorizer, clientIp),
      path: `/${stage}${wire.path}`,
      protocol: 'HTTP/1.1',
      requestId: spec.requestId ?? DEFAULT_REQUEST_ID,
      requestTime: REQUEST_TIME,
      requestTimeEpoch: REQUEST_EPOCH_MS,
      resourceId: 'r1s2t3',
      resourcePath: resource,
      stage,
    },
    body:
      wire.body === undefined || wire.body.length === 0
        ? null
        : isBase64Encoded
          ? toBase64(wire.body)
          : toText(wire.body),
    isBase64Encoded,
  };
}

function isBinary(contentType: string | undefined, binaryMediaTypes: readonly string[]): boolean {
  const type = contentType?.split(';')[0]?.trim();
  return binaryMediaTypes.some(
    (entry) =>
      entry === '*/*' || entry === type || (entry.endsWith('/*') && type?.startsWith(entry.slice(0, -1))),
  );
}

function restAuthorizer(
  authorizer: AuthorizerResult = { kind: 'none' },
): Record<string, unknown> | undefined {
  if (authorizer.kind === 'jwt') return { claims: authorizer.claims };
  if (authorizer.kind !== 'lambda') return undefined;
  const flattened = Object.entries(authorizer.context).map(([name, value]) => [name, String(value)] as const);
  return { principalId: 'principal', integrationLatency: 12, ...Object.fromEntries(flattened) };
}

function restIdentity(authorizer: AuthorizerResult | undefined, sourceIp: string): Record<string, unknown> {
  const iam = authorizer?.kind === 'iam' ? authorizer : undefined;
  return {
    accessKey: iam?.accessKey ?? null,
    accountId: iam?.accountId ?? null,
    caller: iam?.callerId ?? null,
    cognitoAuthenticationProvider: null,
    cognitoAuthenticationType: null,
    cognitoIdentityId: null,
    cognitoIdentityPoolId: null,
    principalOrgId: null,
    sourceIp,
    user: iam?.userId ?? null,
    userAgent: null,
    userArn: iam?.arn ?? null,
  };
}
