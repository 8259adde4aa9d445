/** Headers of a test event; a list gives the header several values. */
export type TestHeaders = Readonly<Record<string, string | readonly string[]>>;

export interface TestRequest {
  readonly headers?: TestHeaders;
  readonly sourceIp?: string;
  /** What the client asked for: the part of the ARN that it can choose. */
  readonly path?: string;
}

const API = 'arn:aws:execute-api:eu-central-1:123456789012:a1b2c3';

/** The resource of a policy for any test event of a REST or an HTTP API. */
export const REST_RESOURCE = `${API}/prod/*`;
export const HTTP_RESOURCE = `${API}/$default/*`;

const DEFAULT_IP = '203.0.113.7';

/** The kinds of event, each made from one request; the shapes are those of AWS's documentation. */
export const AUTHORIZER_EVENTS = {
  'REST TOKEN': ({ headers = {}, path = '/users' }: TestRequest) => ({
    type: 'TOKEN',
    methodArn: `${API}/prod/GET${path}`,
    authorizationToken: Object.entries(headers)
      .filter(([name]) => name.toLowerCase() === 'authorization')
      .flatMap(([, value]) => value)
      .join(', '),
  }),
  'REST REQUEST': ({ headers = {}, sourceIp = DEFAULT_IP, path = '/users' }: TestRequest) => ({
    type: 'REQUEST',
    methodArn: `${API}/prod/GET${path}`,
    resource: '/users',
    path,
    httpMethod: 'GET',
    headers: lastValues(headers),
    multiValueHeaders: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, [value].flat()]),
    ),
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    pathParameters: null,
    stageVariables: null,
    requestContext: {
      stage: 'prod',
      apiId: 'a1b2c3',
      requestId: 'r-1',
      identity: { sourceIp, apiKey: null },
    },
  }),
  'HTTP 1.0': ({ headers = {}, sourceIp = DEFAULT_IP, path = '/users' }: TestRequest) => ({
    version: '1.0',
    type: 'REQUEST',
    methodArn: `${API}/$default/GET${path}`,
    identitySource: 'user1,123',
    authorizationToken: 'user1,123',
    resource: '/users',
    path,
    httpMethod: 'GET',
    headers: lastValues(headers),
    queryStringParameters: {},
    pathParameters: {},
    stageVariables: {},
    requestContext: { stage: '$default', apiId: 'a1b2c3', identity: { sourceIp } },
  }),
  'HTTP 2.0': ({ headers = {}, sourceIp = DEFAULT_IP, path = '/users' }: TestRequest) => ({
    version: '2.0',
    type: 'REQUEST',
    routeArn: `${API}/$default/GET${path}`,
    identitySource: ['user1', '123'],
    routeKey: 'GET /users',
    rawPath: path,
    rawQueryString: '',
    cookies: [],
    headers: joinedValues(headers),
    requestContext: {
      accountId: '123456789012',
      apiId: 'a1b2c3',
      http: { method: 'GET', path, protocol: 'HTTP/1.1', sourceIp, userAgent: 'agent' },
      requestId: 'r-1',
      routeKey: 'GET /users',
      stage: '$default',
    },
    pathParameters: {},
    stageVariables: {},
  }),
} as const;

export type AuthorizerEventKind = keyof typeof AUTHORIZER_EVENTS;

function lastValues(headers: TestHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value].flat().at(-1) ?? '']),
  );
}

/** Payload 2.0: names in lower case, values of one name joined by commas. */
function joinedValues(headers: TestHeaders): Record<string, string> {
  const joined: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const key = name.toLowerCase();
    const text = [value].flat().join(',');
    joined[key] = joined[key] === undefined ? text : `${joined[key]},${text}`;
  }
  return joined;
}
