import { ResponseType, type RestApi } from 'aws-cdk-lib/aws-apigateway';
import type { Environment } from '../../environments/environment.ts';

interface GatewayError {
  readonly type: ResponseType;
  /** Set explicitly, so that the body's `status` is the answer's. */
  readonly status: number;
  readonly title: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Every answer that a REST API makes by itself. INTEGRATION_FAILURE is documented as 504, yet a function's error
 * gives 502 and a wrong configuration 500 where no status is set: 502 is set for both.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
export const GATEWAY_ERRORS: readonly GatewayError[] = [
  { type: ResponseType.BAD_REQUEST_BODY, status: 400, title: 'Bad Request' },
  { type: ResponseType.BAD_REQUEST_PARAMETERS, status: 400, title: 'Bad Request' },
  // RFC 6750 3: a protected resource names the scheme that it wants.
  {
    type: ResponseType.UNAUTHORIZED,
    status: 401,
    title: 'Unauthorized',
    headers: { 'WWW-Authenticate': "'Bearer'" },
  },
  { type: ResponseType.ACCESS_DENIED, status: 403, title: 'Forbidden' },
  { type: ResponseType.EXPIRED_TOKEN, status: 403, title: 'Forbidden' },
  { type: ResponseType.INVALID_API_KEY, status: 403, title: 'Forbidden' },
  { type: ResponseType.INVALID_SIGNATURE, status: 403, title: 'Forbidden' },
  { type: ResponseType.WAF_FILTERED, status: 403, title: 'Forbidden' },
  // What API Gateway says of an unknown path or method; 403 by default, although nothing is protected there.
  { type: ResponseType.MISSING_AUTHENTICATION_TOKEN, status: 404, title: 'Not Found' },
  { type: ResponseType.RESOURCE_NOT_FOUND, status: 404, title: 'Not Found' },
  { type: ResponseType.REQUEST_TOO_LARGE, status: 413, title: 'Content Too Large' },
  { type: ResponseType.UNSUPPORTED_MEDIA_TYPE, status: 415, title: 'Unsupported Media Type' },
  {
    type: ResponseType.THROTTLED,
    status: 429,
    title: 'Too Many Requests',
    headers: { 'Retry-After': "'1'" },
  },
  { type: ResponseType.QUOTA_EXCEEDED, status: 429, title: 'Too Many Requests' },
  { type: ResponseType.API_CONFIGURATION_ERROR, status: 500, title: 'Internal Server Error' },
  { type: ResponseType.AUTHORIZER_CONFIGURATION_ERROR, status: 500, title: 'Internal Server Error' },
  { type: ResponseType.AUTHORIZER_FAILURE, status: 500, title: 'Internal Server Error' },
  { type: ResponseType.INTEGRATION_FAILURE, status: 502, title: 'Bad Gateway' },
  { type: ResponseType.INTEGRATION_TIMEOUT, status: 504, title: 'Gateway Timeout' },
];

/**
 * Makes problem details (RFC 9457), readable by browsers of the allowed origins, of every error of a REST API.
 * A customised type takes nothing over from DEFAULT_4XX or DEFAULT_5XX, so that each is written out; the two
 * defaults are for types that AWS adds later, and leave `status` out since they do not know it.
 */
export function addGatewayResponses(api: RestApi, environment: Environment): void {
  const shared = { ...corsHeaders(environment), 'Content-Type': "'application/problem+json'" };
  for (const { type, status, title, headers } of GATEWAY_ERRORS) {
    api.addGatewayResponse(type.responseType, {
      type,
      statusCode: String(status),
      responseHeaders: { ...shared, ...headers },
      templates: { 'application/json': template(type, title, status) },
    });
  }
  for (const type of [ResponseType.DEFAULT_4XX, ResponseType.DEFAULT_5XX]) {
    api.addGatewayResponse(type.responseType, {
      type,
      responseHeaders: shared,
      templates: { 'application/json': template(type, 'Request failed') },
    });
  }
}

/**
 * Gateway responses substitute `$context` variables and run no VTL. `messageString` is quoted already; it is left
 * out of server errors, whose texts are for the log.
 */
function template(type: ResponseType, title: string, status?: number): string {
  const members = [
    '"type":"about:blank"',
    `"title":"${title}"`,
    ...(status === undefined ? [] : [`"status":${status}`]),
    ...(status !== undefined && status < 500 ? ['"detail":$context.error.messageString'] : []),
    `"code":"GATEWAY_${type.responseType}"`,
    '"requestId":"$context.requestId"',
  ];
  return `{${members.join(',')}}`;
}

/**
 * One origin is said as it is. With several, the caller's own is echoed: an error of the API holds nothing of
 * anyone, and an echo without `Allow-Credentials` gives no more than `*` would.
 */
function corsHeaders({ cors }: Environment): Record<string, string> {
  const [first, ...others] = cors.origins;
  if (first === undefined) return {};
  if (others.length > 0) {
    return { 'Access-Control-Allow-Origin': 'method.request.header.Origin', Vary: "'Origin'" };
  }
  return {
    'Access-Control-Allow-Origin': `'${first}'`,
    ...(cors.credentials && { 'Access-Control-Allow-Credentials': "'true'" }),
    ...(first !== '*' && { Vary: "'Origin'" }),
  };
}
