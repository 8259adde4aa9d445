import { AuthError } from '@gatehouse/auth';

/** What the authorizers read of a gateway's event, whatever its kind. */
export interface AuthorizerEvent {
  /** HTTP API with payload 2.0: the one kind of event that may be answered in the simple format. */
  readonly isVersion2: boolean;
  /** ARN of the method or route that is called; only its part up to the stage is the platform's own. */
  readonly arn: string;
  /** All values of a header, whatever the case of its name; `name` is lower case. */
  readonly header: (name: string) => readonly string[];
  /** The caller's address by the platform; undefined in TOKEN events, which do not have one. */
  readonly sourceIp: string | undefined;
}

type Json = Readonly<Record<string, unknown>>;

/**
 * Reads the event of a Lambda authorizer: REST TOKEN, REST REQUEST, HTTP API payload 1.0 or 2.0.
 *
 * @throws AuthError `AUTH_EVENT_INVALID` when it is none of these.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-input.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html
 */
export function readAuthorizerEvent(event: unknown): AuthorizerEvent {
  if (!isRecord(event)) throw new AuthError('AUTH_EVENT_INVALID', { detail: 'event' });
  if (event['type'] === 'TOKEN') return readTokenEvent(event);
  if (event['type'] === 'REQUEST') return readRequestEvent(event);
  throw new AuthError('AUTH_EVENT_INVALID', { detail: 'type' });
}

/** The token source may be any header; API Gateway hands its value over as `authorizationToken`. */
function readTokenEvent(event: Json): AuthorizerEvent {
  const token = event['authorizationToken'];
  const values = typeof token === 'string' ? [token] : [];
  return {
    isVersion2: false,
    arn: textOf(event['methodArn'], 'methodArn'),
    header: (name) => (name === 'authorization' ? values : []),
    sourceIp: undefined,
  };
}

function readRequestEvent(event: Json): AuthorizerEvent {
  const isVersion2 = event['version'] === '2.0';
  const context = recordOf(event['requestContext']);
  const caller = recordOf(context[isVersion2 ? 'http' : 'identity']);
  const sourceIp = caller['sourceIp'];
  const single = recordOf(event['headers']);
  const multi = recordOf(event['multiValueHeaders']);
  return {
    isVersion2,
    arn: isVersion2 ? textOf(event['routeArn'], 'routeArn') : textOf(event['methodArn'], 'methodArn'),
    header: (name) => headerValues(name, single, multi),
    sourceIp: typeof sourceIp === 'string' ? sourceIp : undefined,
  };
}

/**
 * A REST API gives each header twice: its last value in `headers`, all of them in `multiValueHeaders`, under the name that the
 * client wrote. Values of names that differ in case alone are values of one header (RFC 9110 section 5.1).
 */
function headerValues(name: string, single: Json, multi: Json): readonly string[] {
  const values = valuesOf(name, multi);
  return [...values, ...valuesOf(name, single).filter((value) => !values.includes(value))];
}

function valuesOf(name: string, headers: Json): readonly string[] {
  return Object.entries(headers)
    .filter(([key]) => key.toLowerCase() === name)
    .flatMap(([, value]) => (Array.isArray(value) ? (value as unknown[]) : [value]))
    .filter((value) => typeof value === 'string');
}

function textOf(value: unknown, name: string): string {
  if (typeof value !== 'string') throw new AuthError('AUTH_EVENT_INVALID', { detail: name });
  return value;
}

function recordOf(value: unknown): Json {
  return isRecord(value) ? value : {};
}

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
