/** What kind of work an event asks for; it decides which result is a success. */
export type EventKind = 'http' | 'authorizer' | 'records' | 'other';

/** What telemetry takes from an event. Everything in it may come from a stranger. */
export interface EventFacts {
  readonly kind: EventKind;
  readonly method?: string | undefined;
  /** Path as the front gives it, without its query; `redactPath` makes it fit for a log. */
  readonly path?: string | undefined;
  /** Request id that the front gave, and answered with. */
  readonly requestId?: string | undefined;
  readonly traceparent?: string | undefined;
  /** Records of a batch. */
  readonly records?: number;
}

/** API Gateway takes request lines and headers of 10,240 bytes together, so its paths are whole. */
const longestPath = 10_240;

type Members = Readonly<Record<string, unknown>>;

/**
 * Reads the facts of any Lambda event: HTTP of REST APIs, HTTP APIs (1.0, 2.0) and function URLs, authorizers, and
 * batches of records. Unknown or hostile events give `{ kind: 'other' }`. Never throws.
 */
export function describeEvent(event: unknown): EventFacts {
  try {
    return isMembers(event) ? describeMembers(event) : { kind: 'other' };
  } catch {
    return { kind: 'other' };
  }
}

function describeMembers(event: Members): EventFacts {
  const records = event['Records'];
  if (Array.isArray(records)) return { kind: 'records', records: records.length };

  const context = isMembers(event['requestContext']) ? event['requestContext'] : {};
  const http = isMembers(context['http']) ? context['http'] : undefined;
  const authorizer = isAuthorizerEvent(event);
  if (!authorizer && event['requestContext'] === undefined) return { kind: 'other' };

  return {
    kind: authorizer ? 'authorizer' : 'http',
    method: text(http?.['method'] ?? event['httpMethod']),
    path: text(http?.['path'] ?? event['rawPath'] ?? event['path'], longestPath),
    requestId: text(context['requestId']),
    traceparent: header(event['headers'], 'traceparent'),
  };
}

/** TOKEN and REQUEST events of REST APIs, and format 1.0, have a method ARN; format 2.0 has a route ARN. */
function isAuthorizerEvent(event: Members): boolean {
  return (
    (event['type'] === 'TOKEN' || event['type'] === 'REQUEST') &&
    (typeof event['methodArn'] === 'string' || typeof event['routeArn'] === 'string')
  );
}

function header(headers: unknown, name: string): string | undefined {
  if (!isMembers(headers)) return undefined;
  const direct = headers[name];
  if (direct !== undefined) return text(direct);
  // REST APIs keep the case that the client sent.
  const key = Object.keys(headers).find((candidate) => candidate.toLowerCase() === name);
  return key === undefined ? undefined : text(headers[key]);
}

function text(value: unknown, longest = 1_024): string | undefined {
  return typeof value === 'string' && value !== '' ? value.slice(0, longest) : undefined;
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null;
}
