import type { AuthorizerResult } from './authorizer-result.ts';
import { iamResult, jwtResult, isRecord, textOf } from './authorizer-reading.ts';
import type { EventReader } from './event-request.ts';
import type { EventV1 } from './events.ts';
import type { MultiValues } from './http-request.ts';
import { decodePercent } from './percent-encoding.ts';
import { queryFromRecords } from './query-string.ts';
import { createRecord } from '../null-record.ts';

/** Reads a REST API's event, or an HTTP API's with payload 1.0. */
export const eventV1Reader: EventReader<EventV1> = {
  requestId(event): string {
    return event.requestContext.requestId ?? '';
  },
  stage(event): string {
    return event.requestContext.stage ?? '$default';
  },
  host(event): string {
    return event.requestContext.domainName ?? this.header(event, 'host') ?? '';
  },
  clientIp(event): string {
    return textOf(event.requestContext.identity?.['sourceIp']);
  },
  receivedAtMs(event): number {
    return event.requestContext.requestTimeEpoch ?? 0;
  },
  rawBody(event): string {
    return event.body ?? '';
  },
  isBase64(event): boolean {
    return event.isBase64Encoded === true;
  },

  /**
   * A REST API leaves path parameters encoded; payload 1.0 decodes them. One that cannot be decoded makes the whole
   * lot unknown, and the path decides.
   */
  routeParams(event): Readonly<Record<string, string>> | undefined {
    const params = event.pathParameters;
    if (!params) return undefined;
    if (event.version !== undefined) return params;
    const decoded = createRecord<string>();
    for (const name of Object.keys(params)) {
      const value = decodePercent(params[name] ?? '');
      if (value === undefined) return undefined;
      decoded[name] = value;
    }
    return decoded;
  },

  /** Names come in any case: compared without making a lower-case copy of all of them. */
  header(event, name): string | undefined {
    const { multiValueHeaders, headers } = event;
    const record: Readonly<Record<string, unknown>> | null | undefined = multiValueHeaders ?? headers;
    if (!record) return undefined;
    for (const key in record) {
      if (key.length !== name.length || (key !== name && key.toLowerCase() !== name)) continue;
      const value = record[key];
      if (typeof value === 'string') return value;
      if (Array.isArray(value)) return value.length === 1 ? textOf(value[0]) : value.join(', ');
    }
    return undefined;
  },

  headers(event): MultiValues {
    const { multiValueHeaders, headers } = event;
    const values = createRecord<readonly string[]>();
    const add = (key: string, more: readonly string[]): void => {
      const name = key.toLowerCase();
      values[name] = name in values ? [...(values[name] ?? []), ...more] : more;
    };
    if (multiValueHeaders)
      for (const key of Object.keys(multiValueHeaders)) add(key, multiValueHeaders[key] ?? []);
    else if (headers) for (const key of Object.keys(headers)) add(key, [headers[key] ?? '']);
    return Object.freeze(values);
  },

  query(event): MultiValues {
    return queryFromRecords(event.multiValueQueryStringParameters, event.queryStringParameters);
  },

  cookiePairs(event): Iterable<string> {
    return (this.headers(event)['cookie'] ?? []).flatMap((value) => value.split(';'));
  },

  authorizer(event): AuthorizerResult {
    const { authorizer, identity } = event.requestContext;
    if (!authorizer) return identity?.['userArn'] ? iamFromIdentity(identity) : { kind: 'none' };
    if (isRecord(authorizer['claims'])) return jwtResult(authorizer['claims'], authorizer['scopes']);
    if (isRecord(authorizer['lambda'])) return { kind: 'lambda', context: authorizer['lambda'] };
    return { kind: 'lambda', context: authorizer };
  },
};

function iamFromIdentity(identity: Readonly<Record<string, unknown>>): AuthorizerResult {
  return iamResult({ ...identity, userId: identity['user'], callerId: identity['caller'] });
}
